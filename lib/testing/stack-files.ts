import fs from "node:fs";
import path from "node:path";
import { newFolder } from "./temporary-folder";

/** What a matcher may need beyond the masked object: the JSON as Terraform gets it, and its folder with the assets. */
export interface StackFiles {
  /** The id of the stack. */
  readonly name: string;
  /** Absolute; holds `cdk.tf.json` and `assets/`. Whoever runs Terraform does so in a copy. */
  readonly folder: string;
  /** `cdk.tf.json` with metadata and all. */
  readonly json: Readonly<Record<string, unknown>>;
}

const STACK_FILE = "cdk.tf.json";

/** Whether a stack's folder holds assets; the others hold their JSON alone. */
export const hasAssets = (folder: string): boolean => fs.readdirSync(folder).some((entry) => entry !== STACK_FILE);

/** The files of a stack in the folder where they were synthesised. */
export function filesIn(folder: string, name: string): StackFiles {
  return { name, folder, json: parsed(fs.readFileSync(path.join(folder, STACK_FILE), "utf8")) };
}

/**
 * The files of a stack without assets, apart from their folder: it is written anew when somebody asks for it. Thousands
 * of synthesised apps would otherwise be thousands of folders to remove when the process ends.
 */
export class DetachedFiles implements StackFiles {
  public readonly name: string;
  public readonly json: StackFiles["json"];
  private readonly text: string;
  private written?: string;

  public constructor(folder: string, name: string) {
    this.name = name;
    this.text = fs.readFileSync(path.join(folder, STACK_FILE), "utf8");
    this.json = parsed(this.text);
  }

  public get folder(): string {
    this.written ??= this.write();
    return this.written;
  }

  private write(): string {
    const folder = newFolder();
    fs.writeFileSync(path.join(folder, STACK_FILE), this.text);
    return folder;
  }
}

const parsed = (text: string): StackFiles["json"] => JSON.parse(text) as StackFiles["json"];
