import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Run } from "../../../scripts/local/context";
import { settingsFrom, type LocalCloudSettings } from "../../../scripts/local/settings";

/** A project and a PATH of its own, with programs that do what a test says. */
export class FakeMachine {
  public readonly root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "local-cloud-")));
  public readonly bin = path.join(this.root, "bin");
  public readonly variables: NodeJS.ProcessEnv = { PATH: this.bin, HOME: this.root, REAL_PROVIDERS: "nowhere" };
  public readonly told: string[] = [];
  public readonly run: Run = { progress: (text) => this.told.push(text), abort: new AbortController() };

  public constructor() {
    fs.mkdirSync(this.bin);
    fs.writeFileSync(path.join(this.root, "requirements-local.txt"), "ministack==1.5.33\n");
  }

  /** Writes a program on the PATH whose body is JavaScript; `args` holds its arguments. */
  public program(name: string, body: string): void {
    this.executable(path.join(this.bin, name), body);
  }

  /** Writes the cdktf of the project. */
  public cdktf(body: string): void {
    this.executable(path.join(this.root, "node_modules", ".bin", "cdktf"), body);
  }

  /** A Terraform that only knows its version and the outputs of a stack. */
  public terraform(): void {
    this.program(
      "terraform",
      `if (args[0] === "version") console.log(JSON.stringify({ terraform_version: "1.11.4" }));
       if (args[0] === "output") console.log("{}");`,
    );
  }

  /** A Python that makes environments in which `moto` is JavaScript, and pip and venv do as they are told. */
  public python(does: {
    readonly version?: string;
    readonly moto?: string;
    readonly pip?: string;
    readonly venv?: string;
  }): void {
    const { version = "3.11.7", moto = SERVE, pip = "", venv = "" } = does;
    this.program(
      "python3",
      `const fs = require("node:fs");
       if (args[0] === "-c") console.log("${version}");
       else if (args[1] === "venv") {
         fs.mkdirSync(args[2] + "/bin", { recursive: true });
         ${venv};
         fs.copyFileSync(__filename, args[2] + "/bin/python");
       } else if (args[1] === "pip") { ${pip} }
       else if (args[1] === "moto.server") { ${moto} }
       else { console.error("cannot write a certificate"); process.exit(1); }`,
    );
  }

  /** The settings of the project, with little patience. */
  public settings(patience: Partial<LocalCloudSettings["patience"]> = {}): LocalCloudSettings {
    const settings = settingsFrom(this.variables, this.root);
    const little = {
      questionMs: 5_000,
      installMs: 5_000,
      readyMs: 5_000,
      deployMs: 20_000,
      stopMs: 3_000,
      loopMs: 1_000,
    };
    return { ...settings, patience: { ...settings.patience, ...little, ...patience } };
  }

  public log(name: string): string {
    return path.join(this.root, ".local-cloud", `${name}.log`);
  }

  public remove(): void {
    fs.rmSync(this.root, { recursive: true, force: true });
  }

  private executable(file: string, body: string): void {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `#!${process.execPath}\nconst args = process.argv.slice(2);\n${body}\n`, { mode: 0o755 });
  }
}

/** An emulator that answers everything on the port it is told. */
export const SERVE = `require("node:http").createServer((_, response) => response.end("{}")).listen(Number(args[5]), "127.0.0.1");`;
