import type { TypeExpression } from "../schema/schema";
import type { Value } from "./values";

/** What a value is made up for. */
export interface Wanted {
  readonly provider: string;
  /** `aws_s3_bucket` */
  readonly type: string;
  /** The attribute, or the innermost name inside an object. */
  readonly attribute: string;
  /** Eight hexadecimal digits that tell one resource from another. */
  readonly seed: string;
  readonly region: string;
}

type Recipe = (wanted: Wanted) => string;

const NOWHERE = "offline";
const ACCOUNT = "000000000000";

const uuid: Recipe = ({ seed }) => `${seed}-0000-4000-8000-000000000000`;
const plain: Recipe = ({ type, attribute, seed }) => `${type}-${attribute}-${seed}`;
const arn: Recipe = ({ type, region, seed }) =>
  `arn:aws:${type.split("_")[1] ?? type}:${region}:${ACCOUNT}:${type}/${seed}`;
const resourceId: Recipe = ({ type, seed }) =>
  `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/${NOWHERE}/providers/Microsoft.Offline/${type}/${seed}`;
const googleName: Recipe = ({ type, region, seed }) => `projects/${NOWHERE}/locations/${region}/${type}/${seed}`;

/** What is made up for a string, by provider and by the name of the attribute; the first that fits. */
const RECIPES: readonly (readonly [provider: RegExp, attribute: RegExp, recipe: Recipe])[] = [
  [/^aws$/, /(^|_)arn$/, arn],
  [/^aws$/, /(^|_)account_id$|^owner_id$/, () => ACCOUNT],
  [/^azure/, /^id$/, resourceId],
  [/^azure/, /(^|_)(principal|tenant|object|client|application)_id$/, uuid],
  [/^google/, /^(id|name)$/, googleName],
  [/^google/, /(^|_)email$/, ({ seed }) => `offline-${seed}@${NOWHERE}.iam.gserviceaccount.com`],
  [/^google/, /^member$/, ({ seed }) => `serviceAccount:offline-${seed}@${NOWHERE}.iam.gserviceaccount.com`],
  [/./, /(^|_)(json|policy|policy_data|policy_document)$/, () => "{}"],
  [/./, /(^|_)(url|uri|endpoint|link)$/, ({ seed }) => `https://${seed}.${NOWHERE}.invalid`],
  [
    /./,
    /base64|ca_certificate|certificate_data|^data$|(^|_)private_key$|kube_config_raw/,
    ({ seed }) => Buffer.from(seed).toString("base64"),
  ],
  [/./, /(^|_)ip(v4)?(_address)?$/, () => "192.0.2.1"],
  [/./, /cidr/, () => "192.0.2.0/24"],
  [/./, /(_at|_time|_date|timestamp)$/, () => "2000-01-01T00:00:00Z"],
  [/./, /^uuid$|^uid$|^unique_id$/, uuid],
];

/** Queries find several. */
const FOUND = 3;

/**
 * A value that only the cloud could tell, made up: of its type, in the form in which such values come where others take it apart.
 *
 * @param elements how many entries a list or set gets
 */
export function fake(type: TypeExpression, wanted: Wanted, elements: number): Value {
  if (type === "string" || type === "dynamic") return madeUp(type, wanted);
  if (type === "number") return 0;
  if (type === "bool") return false;
  const [shape, inner] = type;
  if (shape === "map") return {};
  if (shape === "object")
    return Object.fromEntries(
      Object.entries(inner).map(([name, of]) => [name, fake(of, { ...wanted, attribute: name }, 1)]),
    );
  return Array.from({ length: elements }, (_, index) =>
    fake(inner, index === 0 ? wanted : { ...wanted, seed: `${wanted.seed}${String(index)}` }, 1),
  );
}

/** How many entries a list gets that nothing in the configuration fills: what is only read has some, an argument has none. */
export const elementsOf = (kind: "resource" | "data", onlyRead: boolean): number =>
  !onlyRead ? 0 : kind === "data" ? FOUND : 1;

function madeUp(type: "string" | "dynamic", wanted: Wanted): Value {
  const recipe = RECIPES.find(
    ([provider, attribute]) => provider.test(wanted.provider) && attribute.test(wanted.attribute),
  );
  const text = (recipe?.[2] ?? plain)(wanted);
  return type === "string" ? text : [Buffer.from('"string"'), text];
}
