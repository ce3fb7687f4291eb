import fs from "node:fs";
import path from "node:path";
import { newFolder, removeFolder } from "./temporary-folder";

/** What a matcher may need beyond the masked object: the JSON as Terraform gets it, and its folder with the assets. */
export interface StackFiles {
  /** The id of the stack. */
  readonly name: string;
  /**
   * Absolute; holds `cdk.tf.json` and `assets/`, is called as the stack and stands beside those of the app's other
   * stacks. Whoever runs Terraform does so in a copy.
   */
  readonly folder: string;
  /** `cdk.tf.json` with metadata and all. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Where a stack was synthesised, below the folder of its app. */
export interface StackPlace {
  readonly name: string;
  readonly workingDirectory: string;
}

const STACK_FILE = "cdk.tf.json";

/**
 * The files of the stacks of an app. Where there are assets, they stay where they are. Elsewhere the folder goes at once
 * and is written anew when somebody asks for it: thousands of synthesised apps would otherwise be thousands of folders
 * to remove when the process ends.
 */
export function stackFiles(outdir: string, stacks: readonly StackPlace[]): readonly StackFiles[] {
  const texts = new Map(
    stacks.map(({ workingDirectory }) => {
      const file = path.join(workingDirectory, STACK_FILE);
      return [file, fs.readFileSync(path.join(outdir, file), "utf8")];
    }),
  );
  const kept = stacks.some(({ workingDirectory }) => hasAssets(path.join(outdir, workingDirectory)));
  if (!kept) removeFolder(outdir);
  const files = kept ? { folder: outdir } : new FilesOnDemand(texts);
  return stacks.map(({ name, workingDirectory }) => ({
    name,
    get folder(): string {
      return path.join(files.folder, workingDirectory);
    },
    json: JSON.parse(texts.get(path.join(workingDirectory, STACK_FILE)) ?? "{}") as StackFiles["json"],
  }));
}

const hasAssets = (folder: string): boolean => fs.readdirSync(folder).some((entry) => entry !== STACK_FILE);

/** A folder that is written when it is asked for. */
class FilesOnDemand {
  private written?: string;

  public constructor(private readonly texts: ReadonlyMap<string, string>) {}

  public get folder(): string {
    this.written ??= this.write();
    return this.written;
  }

  private write(): string {
    const folder = newFolder();
    for (const [file, text] of this.texts) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), text);
    }
    return folder;
  }
}
