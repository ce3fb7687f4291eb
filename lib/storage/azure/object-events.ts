import type { IConstruct } from "constructs";
import { given, keyPrefix, list, literal, problem, text } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { AzureBucketRef, AzureObjectFilter, AzureObjectsCreated } from "../references";
import type { AccountEvents } from "./account-events";

/** Most values of one filter. https://learn.microsoft.com/azure/event-grid/event-filtering#limitations */
const MOST_VALUES = 25;

/**
 * New blobs of a container as an event source.
 *
 * @throws ConstructValidationError on a filter that is none, or an account whose topic is not known
 */
export function newObjects(
  construct: IConstruct,
  bucket: AzureBucketRef,
  events: AccountEvents,
  filter: AzureObjectFilter,
): AzureObjectsCreated {
  const { prefix, suffix, contentTypes } = filter;
  const problems = [
    ...given(prefix, (value) => keyPrefix("prefix", value)),
    ...given(suffix, (value) => [...literal("suffix", value), ...text("suffix", value)]),
    ...given(contentTypes, contentTypeProblems),
  ];
  if (problems.length > 0) throw new ConstructValidationError(construct.node.path, problems);
  return { bucket, topic: events.topicFor(construct), prefix, suffix, contentTypes };
}

function contentTypeProblems(types: readonly string[]): readonly string[] {
  const entries = list("contentTypes", types, (type, at) => text(at, type));
  if (entries.length > 0 || (types.length > 0 && types.length <= MOST_VALUES)) return entries;
  return [problem("contentTypes", `a list of 1 to ${String(MOST_VALUES)} content types`, types.length)];
}
