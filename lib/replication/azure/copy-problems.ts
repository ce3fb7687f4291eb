import { given, having, keyPrefix, oneOf, problem } from "../../core/checks";
import { monitoringProblems } from "../../monitoring/alarm";
import { tagProblems } from "../../core/tags";
import { copiedPrefixes, prefixProblems } from "../prefixes";
import { CopySelection } from "./copy-activities";
import { timingProblems } from "./copy-trigger";
import { s3KeyProblems } from "./s3-key";
import type { S3ToAzureCopyProps } from "./copy-props";

/** Activities of one pipeline. https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-data-factory-limits */
const PREFIXES_MAXIMUM = 40;

/** All that is wrong with a copy from S3. */
export const copyProblems = (props: S3ToAzureCopyProps): readonly string[] => [
  ...having("source", props.source, "bucketArn", "a bucket of S3"),
  ...having("destination", props.destination, "containerId", "a container of Azure"),
  ...s3KeyProblems("accessKey", props.accessKey),
  ...objectsProblems(props),
  ...timingProblems(props),
  ...given(props.selection, (value) => oneOf("selection", value, Object.values(CopySelection))),
  ...monitoringProblems(props.monitoring),
  ...tagProblems("tags", props.tags),
  ...given(props.factory, (factory) => having("factory", factory, "runtimeName", "an AzureCopyFactory")),
  ...(props.factory === undefined ? [] : factorysOwnProblems(props)),
];

function objectsProblems(props: S3ToAzureCopyProps): readonly string[] {
  const { targetPrefix } = props;
  const wrong = [...prefixProblems("", props), ...given(targetPrefix, (prefix) => keyPrefix("targetPrefix", prefix))];
  if (wrong.length > 0) return wrong;
  const prefixes = copiedPrefixes(props);
  return [
    ...prefixes.filter((prefix) => prefix.includes("@")).map((prefix) => problem("prefixes", NO_EXPRESSION, prefix)),
    ...given(targetPrefix, targetProblems),
    ...(prefixes.length > PREFIXES_MAXIMUM
      ? [problem("prefixes", `at most ${String(PREFIXES_MAXIMUM)}, each an activity`, prefixes.length)]
      : []),
  ];
}

const NO_EXPRESSION = "without @, which Data Factory takes for the beginning of an expression";

const targetProblems = (prefix: string): readonly string[] => [
  ...(prefix.endsWith("/") ? [] : [problem("targetPrefix", "a folder: it ends in /", prefix)]),
  ...(prefix.includes("@") ? [problem("targetPrefix", NO_EXPRESSION, prefix)] : []),
];

/** What only a factory has cannot be said of a copy by a factory that is given. */
const factorysOwnProblems = (props: S3ToAzureCopyProps): readonly string[] =>
  (["tags", "location"] as const).flatMap((name) =>
    given(props[name], (value) => [problem(name, "left to the factory, where a factory is given", value)]),
  );
