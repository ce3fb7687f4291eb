import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { given, list, matching, oneOf, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { waitFor, type Dependent, type Grantee } from "../../core/grant";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { declaredStanding } from "../../identity/aws/arn";
import type { AwsPrincipal } from "../../identity/aws/principal";
import { AwsRole } from "../../identity/aws/role";
import type { Trust } from "../../identity/aws/trust";

/** What a role of AWS Backup may do. */
export const BackupDuty = {
  /** Make backups and copy them. */
  BACKUP: "backup",
  /** Make new resources from backups. */
  RESTORE: "restore",
} as const;
export type BackupDuty = (typeof BackupDuty)[keyof typeof BackupDuty];

/**
 * What AWS itself keeps up to date as services are added. Those of S3 are separate and never part of the others: a role
 * without them fails at every bucket.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
 */
const POLICIES: Record<BackupDuty, Readonly<Record<string, string>>> = {
  [BackupDuty.BACKUP]: {
    Backup: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    S3Backup: "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
  },
  [BackupDuty.RESTORE]: {
    Restores: "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    S3Restore: "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
  },
};

/** A role with which AWS Backup works. */
export interface BackupRoleProps extends PlacementProps {
  /** @default - both: whoever backs up can restore */
  readonly duties?: readonly BackupDuty[];
  /** The only account for which AWS Backup may assume it. @default - the environment's; without one, any */
  readonly sourceAccount?: string;
  /** @default - derived from the construct path */
  readonly roleName?: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A role that AWS Backup may assume, with the policies that AWS made for it and for S3. */
export class BackupRole extends Construct implements Grantee<AwsPrincipal> {
  public readonly grantPrincipal: AwsPrincipal;
  public readonly roleArn: string;
  public readonly role: AwsRole;
  /** One a policy, each for overrides and moves. */
  public readonly attachments: readonly IamRolePolicyAttachment[];

  public constructor(scope: Construct, id: string, props: BackupRoleProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...roleProblems(props)]);
    const { duties = Object.values(BackupDuty), roleName, tags, provider } = props;
    const trust = trustFor(props.sourceAccount ?? declaredStanding(this, props)?.accountId);
    this.role = new AwsRole(this, "Role", { trust, roleName, description: "AWS Backup", tags, provider });
    this.roleArn = this.role.roleArn;
    this.grantPrincipal = this.role;
    this.attachments = [...new Set(duties)].flatMap((duty) => this.attach(POLICIES[duty]));
  }

  /** Makes resources of the role's stack wait until it has its policies; they keep them until the resources are gone. */
  public before(...resources: readonly Dependent[]): this {
    for (const resource of resources) waitFor(resource, ...this.attachments);
    return this;
  }

  private attach(policies: Readonly<Record<string, string>>): IamRolePolicyAttachment[] {
    return Object.entries(policies).map(
      ([id, policyArn]) =>
        new IamRolePolicyAttachment(this, id, placedGlobally(this, { role: this.role.roleName, policyArn })),
    );
  }
}

/** AWS does not say that it names the account here: without IfExists its silence would be a refusal. */
const trustFor = (account: string | undefined): Trust => ({
  principal: { Service: "backup.amazonaws.com" },
  action: "sts:AssumeRole",
  ...(account !== undefined && { condition: { StringEqualsIfExists: { "aws:SourceAccount": account } } }),
});

const roleProblems = ({ duties = Object.values(BackupDuty), sourceAccount, tags }: BackupRoleProps): string[] => [
  ...list("duties", duties, (duty, path) => oneOf(path, duty, Object.values(BackupDuty))),
  ...(Array.isArray(duties) && duties.length === 0 ? [problem("duties", "at least one duty", duties)] : []),
  ...given(sourceAccount, (account) => matching("sourceAccount", account, /^\d{12}$/, "12 digits")),
  ...tagProblems("tags", tags),
];
