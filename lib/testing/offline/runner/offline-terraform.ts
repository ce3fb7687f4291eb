import fs from "node:fs";
import path from "node:path";
import { filesOf, type StackFiles, type SynthesisedStack } from "../../synth";
import { InstalledLane } from "../installed/installed-lane";
import { UNKNOWN_ADDRESS } from "../installed/unknown-data";
import { findTerraform, missingTerraform } from "./binary";
import { run, type Outcome } from "./command";
import { constructPaths, destructible } from "./configuration";
import { describe, diagnosticsIn, errorsIn, eventsIn, type Diagnostic } from "./diagnostics";
import { OfflineTerraformError, TerraformRefusal } from "./failure";
import type { Lane, Prepared } from "./lane";
import { record, type StackJson } from "./needs";
import { readPlan, type Plan } from "./plan";
import { failedStep, REHEARSAL_FILES, REHEARSAL_OPTIONS, secondPlanIn } from "./rehearsal";
import { StandInLane } from "./stand-in-lane";
import { Workspace } from "./workspace";

/** How Terraform is run on a stack. */
export interface OfflineOptions {
  /**
   * `stand-in`: providers that know their schemas alone, from the installed bindings: schema-checked, on any machine.
   * `installed`: the providers' own binaries, as `terraform init` finds them, with dummy credentials: plans only.
   * @default "stand-in"
   */
  readonly providers?: "stand-in" | "installed";
  /** Every type of the providers, not only those that the stack uses. @default false */
  readonly allTypes?: boolean;
  /** A folder of the project in which the provider bindings are installed. @default - the working directory */
  readonly project?: string;
  /** The most that one Terraform command may take. @default 300 */
  readonly timeoutSeconds?: number;
}

/** How `terraform test` went. */
export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a failing provider looks like to Terraform. */
const PROVIDER_TROUBLE = /plugin|rpc error|schema|provider/i;

/**
 * Terraform at work on one stack, in a folder of its own that goes with it: `open`, any number of commands, `close`.
 *
 * @example
 * const terraform = await OfflineTerraform.open(synthApp(build).stack("lake-dev"));
 * try { console.log((await terraform.plan()).changes); } finally { terraform.close(); }
 */
export class OfflineTerraform {
  /** @throws OfflineTerraformError when there is no Terraform, or providers cannot be had */
  public static open(stack: SynthesisedStack, options: OfflineOptions = {}): Promise<OfflineTerraform> {
    return OfflineTerraform.opened(filesOf(stack), options);
  }

  /**
   * The same on a stack that `cdktf synth` made.
   *
   * @param folder `cdktf.out/stacks/<stack>`
   */
  public static openFolder(folder: string, options: OfflineOptions = {}): Promise<OfflineTerraform> {
    const json = JSON.parse(fs.readFileSync(path.join(folder, "cdk.tf.json"), "utf8")) as StackJson;
    return OfflineTerraform.opened({ name: path.basename(folder), folder, json }, options);
  }

  private static async opened(stack: StackFiles, options: OfflineOptions): Promise<OfflineTerraform> {
    const binary = findTerraform();
    if (binary === undefined) throw new OfflineTerraformError(missingTerraform());
    const { project = process.cwd(), allTypes = false } = options;
    const lane = options.providers === "installed" ? new InstalledLane() : new StandInLane(project, allTypes);
    const opened = new OfflineTerraform(binary, lane, options.timeoutSeconds ?? 300);
    try {
      await opened.use(stack);
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  private readonly workspace = new Workspace();
  private source: StackFiles = { name: "", folder: "", json: {} };
  private prepared: Prepared = { stack: {}, files: {} };
  private initialised: string | undefined;

  private constructor(
    private readonly binary: string,
    private readonly lane: Lane,
    private readonly timeoutSeconds: number,
  ) {}

  /** The temporary folder in which Terraform runs. */
  public get folder(): string {
    return this.workspace.folder;
  }

  /** Puts another version of the stack in the place of the last one; what was applied stays applied. */
  public update(stack: SynthesisedStack): Promise<void> {
    return this.use(filesOf(stack));
  }

  private async use(stack: StackFiles): Promise<void> {
    this.source = stack;
    this.prepared = await this.lane.prepare(stack.json, stack.folder);
    this.workspace.write(stack.folder, this.prepared.stack, this.prepared.files);
  }

  /** What Terraform says against the stack before it looks at any state; empty where it says nothing. */
  public async validate(): Promise<readonly Diagnostic[]> {
    const outcome = await this.terraform("validate", "-json");
    const diagnostics = diagnosticsIn(outcome.out);
    const valid = parsedRecord(outcome.out)["valid"];
    if (valid !== true && errorsIn(diagnostics).length === 0) throw await this.failed("validate", outcome);
    await this.assertProvidersFine(diagnostics, "validate");
    return diagnostics.map((one) => this.located(one));
  }

  /** @throws TerraformRefusal with every error that Terraform names */
  public async plan(...options: readonly string[]): Promise<Plan> {
    await this.succeed("plan", "-json", "-input=false", "-out=plan", ...this.lane.planOptions, ...options);
    const shown = await this.succeed("show", "-json", "plan");
    const json = parsedRecord(shown.out);
    if (json["format_version"] === undefined) throw await this.failed("show", shown);
    return readPlan(json, UNKNOWN_ADDRESS);
  }

  /** The last plan as Terraform prints it for people. */
  public async planText(): Promise<string> {
    return (await this.succeed("show", "-no-color", "plan")).out;
  }

  /** Carries out what a plan would say now. @throws OfflineTerraformError */
  public async apply(): Promise<void> {
    this.assertAppliable();
    await this.succeed("apply", "-json", "-input=false", "-auto-approve");
  }

  /** Destroys what was applied, `prevent_destroy` or not. @throws OfflineTerraformError */
  public async destroy(): Promise<void> {
    this.assertAppliable();
    this.workspace.write(this.source.folder, destructible(this.prepared.stack), this.prepared.files);
    await this.succeed("destroy", "-json", "-input=false", "-auto-approve");
    this.workspace.write(this.source.folder, this.prepared.stack, this.prepared.files);
  }

  /**
   * Applies the stack, plans again and destroys all of it, in one run of Terraform that keeps the state in its memory: a third of
   * the time of the single commands. Needs Terraform or OpenTofu 1.6.
   *
   * @returns the second plan
   * @throws OfflineTerraformError
   */
  public async rehearse(): Promise<Plan> {
    this.assertAppliable();
    const files = { ...this.prepared.files, ...REHEARSAL_FILES };
    this.workspace.write(this.source.folder, destructible(this.prepared.stack), files);
    const outcome = await this.terraform("test", ...REHEARSAL_OPTIONS);
    this.workspace.write(this.source.folder, this.prepared.stack, this.prepared.files);
    const second = secondPlanIn(outcome.out);
    if (outcome.code !== 0 || second === undefined) throw await this.failed(failedStep(outcome.out), outcome);
    return second;
  }

  /** The values of the outputs after apply, by name. */
  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { out } = await this.succeed("output", "-json");
    return Object.fromEntries(
      Object.entries(parsedRecord(out)).map(([name, output]) => [name, record(output)["value"]]),
    );
  }

  /**
   * Runs `terraform test`.
   *
   * @param files test files by name: `{ "names.tftest.hcl": "run \"plan\" { … }" }`
   * @throws OfflineTerraformError when a run fails
   */
  public async test(files: Readonly<Record<string, string>>): Promise<TestSummary> {
    this.workspace.write(this.source.folder, this.prepared.stack, { ...this.prepared.files, ...files });
    await this.init();
    const { out } = await this.succeed("test", "-json");
    const summary = eventsIn(out).find((event) => event["type"] === "test_summary");
    const { passed = 0, failed = 0, skipped = 0 } = record(summary?.["test_summary"]) as Partial<TestSummary>;
    return { passed, failed, skipped };
  }

  /** The stack's `terraform providers schema -json`. */
  public async schema(): Promise<string> {
    return (await this.succeed("providers", "schema", "-json")).out;
  }

  /** Removes the folder and lets go of the providers. */
  public close(): void {
    this.lane.close();
    this.workspace.close();
  }

  private assertAppliable(): void {
    if (this.lane instanceof StandInLane) return;
    throw new OfflineTerraformError(
      `${this.source.name} can be planned with the installed providers, not applied: they would ask the cloud. Apply it with stand-ins.`,
    );
  }

  /** Once for the same providers and modules. */
  private async init(): Promise<void> {
    const { terraform, module } = this.prepared.stack;
    const initialised = JSON.stringify({ terraform, module });
    if (this.initialised === initialised) return;
    const outcome = await this.command(["init", "-input=false", "-no-color"]);
    if (outcome.code !== 0) throw await this.failed("init", outcome);
    this.initialised = initialised;
  }

  private async terraform(...args: readonly string[]): Promise<Outcome> {
    if (this.lane.init) await this.init();
    return this.command(args);
  }

  private async succeed(command: string, ...args: readonly string[]): Promise<Outcome> {
    const outcome = await this.terraform(command, ...args);
    if (outcome.code !== 0) throw await this.failed(command, outcome);
    return outcome;
  }

  private command(args: readonly string[]): Promise<Outcome> {
    const { binary, timeoutSeconds } = this;
    return run({ binary, args, cwd: this.folder, env: environment(this.lane.env), timeoutSeconds });
  }

  private async failed(command: string, { out, err, code }: Outcome): Promise<OfflineTerraformError> {
    const errors = errorsIn(diagnosticsIn(out));
    await this.assertProvidersFine(errors, command);
    if (errors.length === 0) {
      const said = `it ended with ${String(code)}: ${tail(err === "" ? out : err)}`;
      return new OfflineTerraformError(`${this.title(command)} failed:\n  ${said}`);
    }
    const lines = errors.map((one) => `  ${describe(this.located(one))}`);
    return new TerraformRefusal([`${this.title(command)} failed:`, ...lines].join("\n"));
  }

  private async assertProvidersFine(diagnostics: readonly Diagnostic[], command: string): Promise<void> {
    if (!diagnostics.some((one) => PROVIDER_TROUBLE.test(describe(one)))) return;
    const trouble = await this.lane.trouble();
    if (trouble !== undefined) throw new OfflineTerraformError(`${this.title(command)} broke off: ${trouble}`);
  }

  private title(command: string): string {
    return `${path.basename(this.binary)} ${command} of ${this.source.name}`;
  }

  /** With the path of the construct beside the address. */
  private located(diagnostic: Diagnostic): Diagnostic {
    const { address } = diagnostic;
    const [resource = ""] = /^(data\.)?[\w-]+\.[\w-]+/.exec(address ?? "") ?? [];
    const construct = constructPaths(this.source.json).get(resource);
    return construct === undefined ? diagnostic : { ...diagnostic, address: `${address ?? ""}, ${construct}` };
  }
}

/** This process's environment without what would lead Terraform or a provider elsewhere. */
function environment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ELSEWHERE.test(name));
  return { GOGC: LESS_OFTEN, ...Object.fromEntries(kept), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", ...own };
}

/** Terraform collects its garbage when there is four times as much as before: a tenth of its time, for 100 MB. */
const LESS_OFTEN = "400";

const ELSEWHERE = /^(TF_(?!VAR_|CLI_CONFIG_FILE$|PLUGIN_CACHE_DIR$)|AWS_|ARM_|GOOGLE_|GCLOUD_|CLOUDSDK_)/;

/** What Terraform printed as JSON; nothing where it printed something else. */
function parsedRecord(text: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

const LAST_LINES = 12;

const tail = (text: string): string => text.trim().split("\n").slice(-LAST_LINES).join("\n    ");
