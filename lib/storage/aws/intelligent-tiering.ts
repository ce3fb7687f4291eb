import { S3BucketIntelligentTieringConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-intelligent-tiering-configuration";
import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type { Construct } from "constructs";
import { given, keyPrefix, literal, object, problem, wholeNumber } from "../../core/checks";
import { placed } from "../../core/placement";
import type { LifecycleRule } from "../lifecycle";

/**
 * Objects move by themselves between tiers that can be read at once, by when they were read last, and, where that is
 * said, on to archives that have to be restored from. For what nobody can say in days; S3 bills it by the object.
 */
export interface IntelligentTiering {
  /** Objects below it alone. @default - the whole bucket */
  readonly prefix?: string;
  /** Days without access until an object has to be restored within hours, 90 to 730. @default - it is always readable at once */
  readonly archiveAfterDays?: number;
  /** Days without access until that takes up to 12 hours, 180 to 730. @default - never */
  readonly deepArchiveAfterDays?: number;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html */
const ARCHIVE_DAYS = { minimum: 90, maximum: 730, unit: "days" } as const;
const DEEP_ARCHIVE_DAYS = { minimum: 180, maximum: 730, unit: "days" } as const;

/** The name of the rule that moves new objects into the class, and of what is said about it; no derived name has an underscore. */
const INTELLIGENT_TIERING = "intelligent_tiering";

/** The problems of tiers by access, in themselves and beside those by age. */
export const tieringProblems = (
  tiering: IntelligentTiering | undefined,
  lifecycle: readonly LifecycleRule[] | undefined,
): readonly string[] =>
  given(tiering, (value) => {
    const shape = object("intelligentTiering", value);
    if (shape.length > 0) return shape;
    const leaves = leafProblems(value);
    return leaves.length > 0 ? leaves : [...orderProblems(value), ...besideProblems(value, lifecycle)];
  });

const leafProblems = ({ prefix, archiveAfterDays, deepArchiveAfterDays }: IntelligentTiering): readonly string[] => [
  ...given(prefix, (value) => keyPrefix("intelligentTiering.prefix", value)),
  ...given(archiveAfterDays, (days) => [
    ...literal("intelligentTiering.archiveAfterDays", days),
    ...wholeNumber("intelligentTiering.archiveAfterDays", days, ARCHIVE_DAYS),
  ]),
  ...given(deepArchiveAfterDays, (days) => [
    ...literal("intelligentTiering.deepArchiveAfterDays", days),
    ...wholeNumber("intelligentTiering.deepArchiveAfterDays", days, DEEP_ARCHIVE_DAYS),
  ]),
];

const orderProblems = ({ archiveAfterDays = 0, deepArchiveAfterDays = Infinity }: IntelligentTiering): string[] =>
  deepArchiveAfterDays > archiveAfterDays
    ? []
    : [
        problem(
          "intelligentTiering.deepArchiveAfterDays",
          `more than the ${String(archiveAfterDays)} days of archiveAfterDays`,
          deepArchiveAfterDays,
        ),
      ];

/** Of an object that two rules move S3 takes the colder class: it would leave the tiers that watch its use. */
const besideProblems = (
  { prefix = "" }: IntelligentTiering,
  lifecycle: readonly LifecycleRule[] | undefined,
): readonly string[] =>
  (Array.isArray(lifecycle) ? (lifecycle as readonly (LifecycleRule | null | undefined)[]) : []).flatMap(
    (rule, index) => {
      const path = `lifecycle[${String(index)}]`;
      if (rule?.id === INTELLIGENT_TIERING)
        return [problem(`${path}.id`, "another one beside intelligentTiering, whose rule has it", rule.id)];
      const other: unknown = rule?.prefix ?? "";
      const meets = typeof other === "string" && (other.startsWith(prefix) || prefix.startsWith(other));
      const moves = rule?.transitions;
      return meets && Array.isArray(moves) && moves.length > 0
        ? [problem(`${path}.transitions`, `left out below "${prefix}", where intelligentTiering finds the tier`, moves)]
        : [];
    },
  );

/** New objects go into the class within a day, whatever class their writer asks for. */
export const tieringRules = (tiering: IntelligentTiering | undefined): S3BucketLifecycleConfigurationRule[] =>
  tiering === undefined
    ? []
    : [
        {
          id: INTELLIGENT_TIERING,
          status: "Enabled",
          filter: [{ prefix: tiering.prefix ?? "" }],
          transition: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }],
        },
      ];

/** The archives of the class; without one there is nothing to say. */
export function archiveByAccess(
  bucket: Construct,
  bucketName: string,
  { prefix, archiveAfterDays, deepArchiveAfterDays }: IntelligentTiering,
): S3BucketIntelligentTieringConfiguration | undefined {
  const tiering = [
    ...(archiveAfterDays === undefined ? [] : [{ accessTier: "ARCHIVE_ACCESS", days: archiveAfterDays }]),
    ...(deepArchiveAfterDays === undefined ? [] : [{ accessTier: "DEEP_ARCHIVE_ACCESS", days: deepArchiveAfterDays }]),
  ];
  if (tiering.length === 0) return undefined;
  const filter = prefix === undefined || prefix === "" ? {} : { filter: { prefix } };
  const config = placed(bucket, { bucket: bucketName, name: INTELLIGENT_TIERING, tiering, ...filter });
  return new S3BucketIntelligentTieringConfiguration(bucket, "IntelligentTiering", config);
}
