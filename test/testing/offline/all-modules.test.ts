import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  findProviderPackage,
  moduleNames,
  type ProviderPackage,
} from "../../../lib/testing/offline/schema/provider-package";
import { schemasAsTerraformPrints } from "./schema-json";

/** The providers' own schemas, where they are at hand: a folder with plan.mjs and compare-schemas.mjs. */
const REAL_PROVIDERS =
  process.env["REAL_PROVIDERS"] ?? path.resolve(__dirname, "..", "..", "..", "..", "shared", "real-providers");
const atHand = fs.existsSync(path.join(REAL_PROVIDERS, "plan.mjs"));
if (!atHand)
  process.stderr.write(
    `SKIPPED agreement with the providers' own schemas: no plan.mjs in ${REAL_PROVIDERS} ($REAL_PROVIDERS)\n`,
  );

/** The bindings state these as `any`: https://github.com/hashicorp/terraform-cdk/blob/main/packages/%40cdktf/provider-generator/lib/get/generator/skipped-attributes.ts */
const STATED_AS_ANY = "^aws_(wafv2_(web_acl|rule_group)|quicksight_(analysis|dashboard|template))$";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "schemas-"));
const walk = walked();

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function bindingsOf(provider: string): ProviderPackage {
  const found = findProviderPackage(provider, __dirname);
  if (found) return found;
  throw new Error(`the bindings of ${provider} are not installed`);
}

/** Seconds of computing, which other work on the machine does not count to. */
function walked(): { readonly seconds: number; readonly modules: Readonly<Record<string, number>> } {
  const start = process.cpuUsage();
  const modules = ["aws", "azurerm", "google"].map((provider) => {
    const { json, modules: count } = schemasAsTerraformPrints(bindingsOf(provider));
    fs.writeFileSync(path.join(folder, `${provider}.json`), json);
    return [provider, count] as const;
  });
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, modules: Object.fromEntries(modules) };
}

test.each(["aws", "azurerm", "google"])("every module of %s is read", (provider) => {
  expect(walk.modules[provider]).toBe(moduleNames(bindingsOf(provider)).length);
});

test("all of them are read in under half a minute", () => {
  expect(Object.values(walk.modules).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5_200);
  expect(walk.seconds).toBeLessThan(30);
});

const whereAtHand = atHand ? describe : describe.skip;

whereAtHand("the provider's own schema", () => {
  test.each([
    ["aws", 99],
    ["azurerm", 99.5],
    ["google", 99.5],
  ])("of %s agrees in %d %% of attributes and blocks", (provider, bar) => {
    const own = path.join(folder, `${provider}-own.json`);
    fs.writeFileSync(own, script("plan.mjs", "--schema", provider));
    const report = script("compare-schemas.mjs", own, path.join(folder, `${provider}.json`), "--skip", STATED_AS_ANY);
    expect(Number(/^agreement ([\d.]+) %/m.exec(report)?.[1])).toBeGreaterThanOrEqual(bar);
  });
});

function script(name: string, ...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [path.join(REAL_PROVIDERS, name), ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (run.status === 0) return run.stdout;
  throw new Error(`${name} ended with ${String(run.status)}: ${run.stderr}`);
}
