import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { undoneAtExit } from "./cleanup";

/** What a run of Terraform leaves behind: not copied from a stack's folder. */
const LEFT_BEHIND = /^(cdk\.tf\.json|\.terraform.*|plan|.*\.tfstate.*|\.gen)$/;

/** A temporary copy of a stack's folder, in which Terraform may leave what it likes. */
export class Workspace {
  public readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-terraform-"));
  private readonly remove = undoneAtExit(() => {
    fs.rmSync(this.folder, { recursive: true, force: true });
  });

  /** Puts another state of the stack into it; what Terraform knows of the last one stays. */
  public write(source: string, stack: object, files: Readonly<Record<string, string>> = {}): void {
    for (const entry of fs.readdirSync(source))
      if (!LEFT_BEHIND.test(entry))
        fs.cpSync(path.join(source, entry), path.join(this.folder, entry), { recursive: true, force: true });
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
    fs.writeFileSync(path.join(this.folder, "cdk.tf.json"), JSON.stringify(stack, undefined, 1));
  }

  public close(): void {
    this.remove();
  }
}
