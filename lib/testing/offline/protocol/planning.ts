import type { BlockSchema, TypeExpression } from "../schema/schema";
import { elementsOf, fake, type Wanted } from "./fakes";
import { withSums, type ProviderFacts } from "./provider-facts";
import { emptyBlock } from "./state";
import { changeAttributes, type Place } from "./transform";
import { isList, isRecord, UNKNOWN, Unknown, type Value } from "./values";

/** One resource or data source, and the provider that it is asked of. */
export interface Subject {
  readonly kind: "resource" | "data";
  readonly block: BlockSchema;
  readonly facts: ProviderFacts;
  /** For whom values are made up. */
  readonly wanted: Omit<Wanted, "attribute">;
}

/** A change as Terraform proposes it: null where there was or will be nothing. */
export interface Change {
  readonly prior: Value;
  readonly proposed: Value;
  readonly config: Value;
}

/**
 * What a provider would plan: what it may choose is unknown where it is new, and stays what it was where it is not. Which
 * arguments force a replacement the bindings do not say, so none does.
 */
export function planned({ block, facts }: Subject, { prior, proposed, config }: Change): Value {
  const value = changeAttributes(block, proposed, prior, (one, place) => {
    if (place.schema.writeOnly) return null;
    if (one !== null || !place.schema.computed) return one;
    return place.prior === undefined ? (facts.places[place.name] ?? UNKNOWN) : place.prior;
  });
  return withSums(block, value, config, facts);
}

/** What would be there after a plan is carried out: everything is known. */
export function applied(subject: Subject, plan: Value): Value {
  return changeAttributes(subject.block, plan, null, (one, place) => settled(one, place.schema.type, subject, place));
}

/** What a query would find. */
export function found(subject: Subject, config: Value): Value {
  return changeAttributes(subject.block, config, null, (one, place) => {
    if (one !== null || !place.schema.computed) return settled(one, place.schema.type, subject, place);
    return subject.facts.places[place.name] ?? madeUp(place.schema.type, subject, place);
  });
}

/** What an import would bring: the identifier, and what only the provider chooses. */
export function imported(subject: Subject, id: string): Value {
  const value = { ...emptyBlock(subject.block), ...(subject.block.attributes["id"] && { id }) };
  return changeAttributes(subject.block, value, null, (one, place) => {
    const chosen = one === null && place.schema.computed && !place.schema.optional;
    return chosen ? madeUp(place.schema.type, subject, place) : one;
  });
}

function settled(value: Value, type: TypeExpression, subject: Subject, place: Place): Value {
  if (value instanceof Unknown) return madeUp(type, subject, place);
  if (typeof type === "string") return value;
  const [shape, inner] = type;
  if (isList(value) && shape !== "object") return value.map((one) => settled(one, inner, subject, place));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const of = shape === "object" ? (inner[name] ?? "dynamic") : inner;
      return [name, settled(one, of, subject, shape === "object" ? { ...place, name } : place)];
    }),
  );
}

function madeUp(type: TypeExpression, { kind, wanted }: Subject, { name, schema }: Place): Value {
  return fake(type, { ...wanted, attribute: name }, elementsOf(kind, !schema.optional && !schema.required));
}
