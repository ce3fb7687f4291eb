import { record, type StackJson } from "../runner/needs";

/** Data sources that are computed from their arguments alone. */
const COMPUTED =
  /^(aws_(iam_policy_document|partition|region|arn|service|service_principal|default_tags)|google_(iam_policy|client_config))$/;

/** The one resource whose attribute stands for everything that only the cloud could tell. */
const STAND = { type: "terraform_data", name: "unknown_until_apply" };

export const UNKNOWN_ADDRESS = `${STAND.type}.${STAND.name}`;

const UNKNOWN = `jsondecode(${UNKNOWN_ADDRESS}.id)`;

/** Replaces what only the cloud, or the state of another stack, can answer by a value of any type that is not known while planning. */
export function withUnknownData(stack: StackJson): StackJson {
  const data = Object.entries(record(stack["data"]));
  const asked = data.filter(([type]) => !COMPUTED.test(type));
  const addresses = asked.flatMap(([type, instances]) =>
    Object.keys(record(instances)).map((name) => `data.${type}.${name}`),
  );
  if (addresses.length === 0) return stack;
  const { data: _, ...rest } = stack;
  const kept = Object.fromEntries(data.filter(([type]) => COMPUTED.test(type)));
  const left = replaced({ ...rest, ...(Object.keys(kept).length > 0 && { data: kept }) }, addresses);
  const resources = record(left["resource"]);
  const stand = { ...record(resources[STAND.type]), [STAND.name]: {} };
  return { ...left, resource: { ...resources, [STAND.type]: stand } };
}

function replaced(stack: StackJson, addresses: readonly string[]): StackJson {
  const alternatives = addresses.map((address) => address.replaceAll(".", "\\.")).join("|");
  const text = JSON.stringify(stack).replace(new RegExp(`(?:${alternatives})(?![\\w-])`, "g"), UNKNOWN);
  return JSON.parse(text, (key, value: unknown) =>
    key === "depends_on" && Array.isArray(value) ? value.filter((one) => one !== UNKNOWN) : value,
  ) as StackJson;
}
