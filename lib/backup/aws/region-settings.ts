import { BackupRegionSettings as RegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { Construct } from "constructs";
import { list, matching } from "../../core/checks";
import { claim } from "../../core/claim";
import { environmentOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { place, placed, type AwsPlacementProps } from "../../core/placement";

/** What AWS Backup does in one region of the account, for every plan. */
export interface BackupRegionSettingsProps extends AwsPlacementProps {
  /**
   * Types that plans do not select by tags, by AWS's names (`EC2`, `Storage Gateway`). What a plan names is backed up
   * all the same. @default - none: every type is opted in
   */
  readonly optedOut?: readonly string[];
  /** Types that AWS has added since: a type that is not named here shows as a difference at every plan. @default - none */
  readonly moreTypes?: readonly string[];
}

/** Every type that a region knows: the settings are one map, and what is left out of it comes back as a difference. */
const TYPES: readonly string[] = [
  "Aurora",
  "CloudFormation",
  "DocumentDB",
  "DynamoDB",
  "EBS",
  "EC2",
  "EFS",
  "FSx",
  "Neptune",
  "RDS",
  "Redshift",
  "S3",
  "SAP HANA on Amazon EC2",
  "Storage Gateway",
  "Timestream",
  "VirtualMachine",
];

/**
 * Without it backups of tables are DynamoDB's own: no cold storage, no copies, no key of the vault.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
 */
const FULLY_MANAGED = { DynamoDB: true, EFS: true };

/**
 * The settings of AWS Backup for one region of an account: once for both, in a stack of the account and not of a team.
 * Removing them from the code leaves them as they are.
 */
export class BackupRegionSettings extends Construct {
  public readonly resource: RegionSettings;

  public constructor(scope: Construct, id: string, props: BackupRegionSettingsProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...settingsProblems(props)]);
    this.claimRegion(props);
    const { optedOut = [], moreTypes = [] } = props;
    const types = [...new Set([...TYPES, ...moreTypes])].sort();
    this.resource = new RegionSettings(
      this,
      "Resource",
      placed(this, {
        resourceTypeOptInPreference: Object.fromEntries(types.map((type) => [type, !optedOut.includes(type)])),
        resourceTypeManagementPreference: FULLY_MANAGED,
      }),
    );
  }

  /** Providers are not looked into, so that one of the construct's own counts as an account of its own. */
  private claimRegion({ region, provider }: BackupRegionSettingsProps): void {
    const declared = provider === undefined ? environmentOf(this)?.aws : undefined;
    const account = declared?.accountId ?? provider?.node.path ?? "the account of the provider";
    const where = region ?? declared?.region ?? "its region";
    claim(this, RegionSettings.tfResourceType, `${account}, ${where}`);
  }
}

const settingsProblems = ({ optedOut = [], moreTypes = [] }: BackupRegionSettingsProps): string[] =>
  Object.entries({ optedOut, moreTypes }).flatMap(([name, types]) =>
    list(name, types, (type, path) =>
      matching(path, type, /^[A-Za-z][A-Za-z0-9 ]{1,49}$/, "a type as AWS Backup calls it, such as EC2"),
    ),
  );
