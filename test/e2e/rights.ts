import { GetRolePolicyCommand, ListRolePoliciesCommand, type IAMClient } from "@aws-sdk/client-iam";

/** Where and under which conditions a role may do one thing. */
export interface Right {
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Right["condition"];
}

/** Every statement of a role's own policies on the server that allows exactly this action or a pattern that covers it. */
export async function rightsOf(iam: IAMClient, roleArn: string, action: string): Promise<readonly Right[]> {
  const RoleName = roleArn.split("/").at(-1) ?? "";
  const { PolicyNames: names = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const policies = await Promise.all(
    names.map((PolicyName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))),
  );
  const statements = policies.flatMap(({ PolicyDocument: text = "" }) => {
    return (JSON.parse(decodeURIComponent(text)) as { readonly Statement: readonly Statement[] }).Statement;
  });
  return statements
    .filter(({ Effect: effect, Action: actions }) => effect === "Allow" && [actions].flat().some(covers(action)))
    .map(({ Resource: resources, Condition: condition }) => ({ resources: [resources].flat(), condition }));
}

const covers =
  (action: string) =>
  (pattern: string): boolean =>
    new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "i").test(action);
