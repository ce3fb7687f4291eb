/** Arguments of a resource that the local AWS takes and does not tell again, so that a second plan would set them anew. */
export interface EmulatorGap {
  readonly resourceType: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

/**
 * Everything that a plan after apply may show. An entry that no plan shows any more fails the test: take it out.
 *
 * What no plan shows, and how the tests go about it:
 * - MiniStack does not ask KMS on behalf of S3, SQS, DynamoDB and Lambda, knows no `dynamodb:LeadingKeys`, and simulates
 *   policies without conditions: those rights are read from the role's policies (access.test.ts);
 * - the account's root passes bucket policies, and trust policies for services that have no condition;
 * - moto knows no IAM, and accepts a training job of a name that is taken: its creation time tells (loop.test.ts);
 * - events of EventBridge name no version of the object;
 * - MiniStack knows neither locks of vaults nor restore tests: `stacks/lake-backup.ts` leaves both out of the local lake;
 * - a bucket with a `+` or `%` in a key cannot be emptied by the provider (scripts/local/destroy.ts).
 */
export const EMULATOR_GAPS: readonly EmulatorGap[] = [
  {
    resourceType: "aws_cloudwatch_metric_alarm",
    attributes: [
      "actions_enabled",
      "alarm_actions",
      "alarm_description",
      "dimensions",
      "ok_actions",
      "period",
      "statistic",
      "treat_missing_data",
    ],
    reason:
      "MiniStack 1.5.33 leaves them out of DescribeAlarms in the query protocol, which the aws provider 5.100 speaks; the JSON protocol has them (alarms.test.ts)",
  },
];
