import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const REPOSITORY = path.resolve(__dirname, "../..");
const COUNTS = path.join(REPOSITORY, "scripts/jest-counts.js");

/** A checkout with .ci/run alone, where `npm` is a script of ours: it logs its arguments and does what `parts` says. */
function run(
  parts: Readonly<Record<string, string>>,
  providers?: string,
): { status: number | null; log: string[]; lines: string[] } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "ci-"));
  try {
    fs.mkdirSync(path.join(root, ".ci"));
    fs.copyFileSync(path.join(REPOSITORY, ".ci/run"), path.join(root, ".ci/run"));
    const cases = Object.entries(parts).map(([name, does]) => `"${name}") ${does} ;;`);
    const npm = `#!/usr/bin/env bash\necho "$* rc=\${TF_CLI_CONFIG_FILE:-}" >> "${root}/log"\ncase "$*" in\n${cases.join("\n")}\nesac\n`;
    fs.writeFileSync(path.join(root, "npm"), npm, { mode: 0o755 });
    const plan = `const rc = ${JSON.stringify(path.join(root, "mirror.tfrc"))};\nif (process.argv[2] === "--rc") console.log(rc); else ${providers ?? ""};\n`;
    if (providers !== undefined) fs.writeFileSync(path.join(root, "plan.mjs"), plan);
    const { status, stdout } = spawnSync(path.join(root, ".ci/run"), [], {
      cwd: os.tmpdir(),
      encoding: "utf8",
      env: {
        ...process.env,
        PATH: `${root}:${process.env["PATH"] ?? ""}`,
        REAL_PROVIDERS: root,
        TF_CLI_CONFIG_FILE: "",
      },
    });
    const read = (text: string): string[] => text.split(root).join("<root>").trim().split("\n");
    return {
      status,
      log: read(fs.readFileSync(path.join(root, "log"), "utf8")),
      lines: read(stdout).filter((line) => line !== ""),
    };
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

const COUNTED = (passed: number, failed: number): string =>
  `echo '{"passed":${passed},"failed":${failed}}' >> "$JEST_COUNTS"`;

describe(".ci/run", () => {
  test("adds up every jest run, plans with the real providers and hands their binaries to the e2e", () => {
    const { status, log, lines } = run(
      { "run check": COUNTED(40, 0), "run e2e": COUNTED(3, 0) },
      'console.log("planned")',
    );
    expect({ status, log }).toEqual({
      status: 0,
      log: ["ci rc=", "run check rc=", "run synth rc=", "run synth:examples rc=", "run e2e rc=<root>/mirror.tfrc"],
    });
    expect(lines).toContain("planned");
    expect(lines.at(-1)).toBe("43 passed, 0 failed");
  });

  test("says why it skips the real providers", () => {
    const { status, log, lines } = run({ "run check": COUNTED(40, 0), "run e2e": COUNTED(3, 0) });
    expect({ status, log }).toEqual({ status: 0, log: ["ci rc=", "run check rc=", "run e2e rc="] });
    expect(lines).toContain(
      "== skipped: plans by the real providers and their binaries for the e2e, no <root>/plan.mjs (REAL_PROVIDERS)",
    );
  });

  test("runs every part though one before it failed, and fails", () => {
    const { status, log, lines } = run(
      { "run check": `${COUNTED(38, 2)}; exit 1`, "run e2e": COUNTED(3, 0) },
      "process.exit(1)",
    );
    expect({ status, parts: log.length, last: lines.at(-1) }).toEqual({
      status: 1,
      parts: 5,
      last: "41 passed, 3 failed",
    });
    expect(lines).toContain("== failed with 1: npm run check");
    expect(lines).toContain("== failed with 1: node <root>/plan.mjs");
  });

  test("counts a part that died before it could say what failed, half a line included", () => {
    const { status, lines } = run({
      "run check": "kill -9 $$",
      "run e2e": `printf '{"passed":3,"fai' >> "$JEST_COUNTS"; exit 7`,
    });
    expect({ status, last: lines.at(-1) }).toEqual({ status: 1, last: "0 passed, 2 failed" });
  });

  test("ends where the packages cannot be installed", () => {
    const { status, log, lines } = run({ ci: "exit 1" });
    expect({ status, log, last: lines.at(-1) }).toEqual({ status: 1, log: ["ci rc="], last: "0 passed, 1 failed" });
  });
});

describe("the counting reporter", () => {
  const results = { numPassedTests: 5, numFailedTests: 1, numRuntimeErrorTestSuites: 2 };

  test("appends a line a run, a file that cannot run being a failure", () => {
    const file = path.join(os.tmpdir(), `counts-${process.pid}`);
    const script = `const R = require(${JSON.stringify(COUNTS)}); const r = ${JSON.stringify(results)}; new R().onRunComplete(new Set(), r); new R().onRunComplete(new Set(), r)`;
    try {
      const { status } = spawnSync(process.execPath, ["-e", script], { env: { ...process.env, JEST_COUNTS: file } });
      expect({ status, text: fs.readFileSync(file, "utf8") }).toEqual({
        status: 0,
        text: '{"passed":5,"failed":3}\n'.repeat(2),
      });
    } finally {
      fs.rmSync(file, { force: true });
    }
  });
});
