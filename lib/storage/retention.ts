import { given, isToken, literal, object, oneOf, problem, wholeNumber } from "../core/checks";
import { DataRemoval, type DataRemovalProps } from "../core/data-removal";
import { environmentOf } from "../core/environment";
import type { IConstruct } from "constructs";
import type { LifecycleRule } from "./lifecycle";

/** Who can remove an object before its time. */
export const RetentionMode = {
  /** Somebody with a right of their own, and who may change the bucket's retention can shorten it. */
  GOVERNANCE: "governance",
  /** Nobody at all: neither the owner of the account nor the cloud, until the time is over. It can be made longer only. */
  COMPLIANCE: "compliance",
} as const;
export type RetentionMode = (typeof RetentionMode)[keyof typeof RetentionMode];

/** For how long whatever is written into a bucket can be neither removed nor changed: write once, read many. */
export interface ObjectRetention {
  /** Days from the writing of each object, 1 to 36,500. */
  readonly minimumDays: number;
  /** @default RetentionMode.GOVERNANCE */
  readonly mode?: RetentionMode;
}

/** What can contradict a retention. */
export interface RetainedProps extends DataRemovalProps {
  /** @default - none */
  readonly retention?: ObjectRetention;
  /** @default - none */
  readonly lifecycle?: readonly LifecycleRule[];
}

/** A hundred years, the least of the three clouds: https://cloud.google.com/storage/docs/bucket-lock */
const MOST_RETENTION_DAYS = 36_500;

/** The problems of a retention, in itself and with what else is said of the bucket and of where it stands. */
export const retentionProblems = (scope: IConstruct, props: RetainedProps): readonly string[] =>
  given(props.retention, (retention) => {
    const shape = object("retention", retention);
    if (shape.length > 0) return shape;
    const { minimumDays, mode } = retention;
    const days = [
      ...literal("retention.minimumDays", minimumDays),
      ...wholeNumber("retention.minimumDays", minimumDays, { minimum: 1, maximum: MOST_RETENTION_DAYS, unit: "days" }),
    ];
    return [
      ...days,
      ...given(mode, (value) => oneOf("retention.mode", value, Object.values(RetentionMode))),
      ...(mode === RetentionMode.COMPLIANCE ? removalProblems(scope, props) : []),
      ...(days.length > 0 ? [] : expiryProblems(minimumDays, props)),
    ];
  });

/** What nobody can remove would stay, and be billed, after everything around it has gone. */
function removalProblems(scope: IConstruct, { dataRemoval }: DataRemovalProps): readonly string[] {
  const environment = environmentOf(scope);
  const allowed =
    dataRemoval === DataRemoval.DESTROY
      ? 'dataRemoval is "destroy"'
      : environment?.dataRemoval === "allowed"
        ? `the environment "${environment.name}" allows the removal of data`
        : undefined;
  if (allowed === undefined) return [];
  return [
    problem(
      "retention.mode",
      `GOVERNANCE where ${allowed}, because nobody can remove what COMPLIANCE keeps`,
      RetentionMode.COMPLIANCE,
    ),
  ];
}

/** An expiry that comes first would hide or fail to remove what has to stay. Noncurrent versions wait for their time. */
const expiryProblems = (minimumDays: number, { lifecycle }: RetainedProps): readonly string[] =>
  (Array.isArray(lifecycle) ? (lifecycle as readonly (LifecycleRule | null | undefined)[]) : []).flatMap(
    (rule, index) => {
      const days: unknown = rule?.expireAfterDays;
      return typeof days === "number" && !isToken(days) && days < minimumDays
        ? [
            problem(
              `lifecycle[${String(index)}].expireAfterDays`,
              `at least the ${String(minimumDays)} days of retention.minimumDays`,
              days,
            ),
          ]
        : [];
    },
  );
