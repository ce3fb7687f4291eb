import { statementsOf, type Statement } from "./policies";
import { nodesOf, textsOf, type TerraformJson } from "./terraform-graph";

interface Placed extends Statement {
  readonly address: string;
}

/** All statements of policies in a stack, whatever the argument is called that holds them. */
const statementsIn = (stack: TerraformJson): readonly Placed[] =>
  nodesOf(stack).flatMap(({ address, attributes }) =>
    textsOf(attributes)
      .filter((text) => text.includes('"Statement"'))
      .flatMap((text) => statementsOf(text).map((statement) => ({ address, ...statement }))),
  );

const ANY_KEY_POLICY = /^aws_kms_key(_policy)?\./;
const ACCOUNT_ROOT = /^arn:aws:iam::(\d{12}|\$\{[^}]*\}):root$/;

/** The account's own administrators decide on a key; without it the key could become unmanageable. */
function isAdministration({ address, Action, Principal }: Placed): boolean {
  const { AWS } = (Principal ?? {}) as { readonly AWS?: unknown };
  return Action === "kms:*" && ANY_KEY_POLICY.test(address) && typeof AWS === "string" && ACCOUNT_ROOT.test(AWS);
}

/** Statements that allow more than somebody can have thought of: a wildcard in an action, or anybody. */
export const tooMuchAllowed = (stack: TerraformJson): readonly string[] =>
  statementsIn(stack)
    .filter(({ Effect }) => Effect === "Allow")
    .filter((statement) => !isAdministration(statement))
    .flatMap(({ address, Action, Principal }) => [
      ...[Action].flat().flatMap((action) => (action.includes("*") ? [`${address} allows ${action}`] : [])),
      ...(JSON.stringify(Principal ?? {}).includes('"*"') ? [`${address} allows anybody`] : []),
    ]);
