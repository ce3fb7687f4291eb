import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { ClientSettings, Credentials } from "../../scripts/local/clients";

/** Keys of a role, handed out to the root of the account. */
export async function assume(settings: ClientSettings, roleArn: string): Promise<Credentials> {
  const request = { RoleArn: roleArn, RoleSessionName: "e2e" };
  const { Credentials: keys } = await new STSClient(settings).send(new AssumeRoleCommand(request));
  if (keys?.AccessKeyId === undefined || keys.SecretAccessKey === undefined) throw new Error(`no keys for ${roleArn}`);
  return { accessKeyId: keys.AccessKeyId, secretAccessKey: keys.SecretAccessKey, sessionToken: keys.SessionToken };
}

/**
 * A role with the policies of another one that only its service may assume: what it may do can be tried, its trust stays
 * as it is.
 */
export class Twin {
  private readonly iam: IAMClient;
  private readonly name: string;

  public constructor(
    private readonly settings: ClientSettings,
    private readonly original: string,
  ) {
    this.iam = new IAMClient(settings);
    this.name = `e2e-twin-${original.slice(-8)}`;
  }

  public async credentials(): Promise<Credentials> {
    const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::000000000000:root" }, Action: "sts:AssumeRole" };
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    const { Role: role } = await this.iam.send(
      new CreateRoleCommand({ RoleName: this.name, AssumeRolePolicyDocument: document }),
    );
    for (const PolicyName of await this.policies()) {
      const of = { RoleName: this.originalName, PolicyName };
      const { PolicyDocument: policy = "" } = await this.iam.send(new GetRolePolicyCommand(of));
      const copy = { RoleName: this.name, PolicyName, PolicyDocument: decodeURIComponent(policy) };
      await this.iam.send(new PutRolePolicyCommand(copy));
    }
    return assume(this.settings, role?.Arn ?? "");
  }

  public async remove(): Promise<void> {
    for (const PolicyName of await this.policies()) {
      await this.iam.send(new DeleteRolePolicyCommand({ RoleName: this.name, PolicyName }));
    }
    await this.iam.send(new DeleteRoleCommand({ RoleName: this.name }));
  }

  /** All rights of a role of ours stand in its own policies; managed ones would be missing in the twin. */
  private async policies(): Promise<readonly string[]> {
    const RoleName = this.originalName;
    const { AttachedPolicies: managed = [] } = await this.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    if (managed.length > 0) throw new Error(`${RoleName} has managed policies, its twin would not`);
    const { PolicyNames: names = [] } = await this.iam.send(new ListRolePoliciesCommand({ RoleName }));
    return names;
  }

  private get originalName(): string {
    return this.original.split("/").at(-1) ?? "";
  }
}
