import { TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { problem } from "./checks";

const CHECKED = Symbol.for("cloud-conductor.ids-checked");
/** cdktf leaves this path component out of the logical id, hash included, so `a/Default/b` and `a/b` collide. */
const INVISIBLE = "Default";

/** The ids from the stack (exclusive) down to the construct. */
export function idsBelowStack(scope: IConstruct): readonly string[] {
  const stack = TerraformStack.of(scope);
  return scope.node.scopes.slice(stack.node.scopes.length).map((one) => one.node.id);
}

/** Ids that cdktf would turn into a wrong or a silently merged logical id. */
export function idProblems(scope: IConstruct): string[] {
  const ids = idsBelowStack(scope);
  const invisible = ids.includes(INVISIBLE)
    ? [problem("id", `other than "${INVISIBLE}", which cdktf leaves out of the logical id`, scope.node.path)]
    : [];
  const first = (ids[0] ?? "").replace(/[^A-Za-z0-9_-]/g, "");
  const invalid = /^[0-9-]/.test(first)
    ? [problem("id", "an id that starts with a letter or an underscore, as Terraform names do", ids[0])]
    : [];
  return [...invisible, ...invalid];
}

/** Adds, once to a stack, the validation that no two of its elements end up as one Terraform address. */
export function checkIds(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (Reflect.has(stack, CHECKED)) return;
  Object.defineProperty(stack, CHECKED, { value: true });
  stack.node.addValidation({ validate: () => mergedIds(stack) });
}

function mergedIds(stack: TerraformStack): string[] {
  const paths = new Map<string, string>();
  const problems: string[] = [];
  for (const construct of stack.node.findAll()) {
    const address = addressOf(construct);
    if (address === undefined || TerraformStack.of(construct) !== stack) continue;
    const other = paths.get(address);
    if (other === undefined) paths.set(address, construct.node.path);
    else
      problems.push(
        `${other} and ${construct.node.path} must have ids of their own, got one address ${address} for both`,
      );
  }
  return problems;
}

function addressOf(construct: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(construct))
    return `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  if (TerraformDataSource.isTerraformDataSource(construct))
    return `data.${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  return undefined;
}
