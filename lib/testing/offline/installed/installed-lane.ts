import { withLocalState } from "../runner/configuration";
import type { Lane, Prepared } from "../runner/lane";
import { record, type StackJson } from "../runner/needs";
import { dummyCredentials, withDummyCredentials } from "./credentials";
import { serveIdentity, type IdentityEndpoint } from "./identity-endpoint";
import { withUnknownData } from "./unknown-data";

/** The providers' own binaries, as `terraform init` finds them: their ranges, names, enums and conflicts, but no account. */
export class InstalledLane implements Lane {
  public readonly init = true;
  public readonly planOptions: readonly string[] = ["-refresh=false"];
  private identity: IdentityEndpoint | undefined;

  public get env(): Readonly<Record<string, string>> {
    return dummyCredentials(this.identity?.url ?? "");
  }

  public async prepare(stack: StackJson): Promise<Prepared> {
    this.identity ??= await serveIdentity();
    const { import: _, ...local } = withLocalState(stack);
    const provider = withDummyCredentials(record(local["provider"]));
    return { stack: withUnknownData({ ...local, provider }), files: {} };
  }

  public trouble(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  public close(): void {
    this.identity?.close();
  }
}
