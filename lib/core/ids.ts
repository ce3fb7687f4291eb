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

/** Adds, once to a stack, the validation that each of its resources and data sources has a Terraform name of its own. */
export function checkIds(scope: IConstruct): void {
  const stack = TerraformStack.of(scope);
  if (Reflect.has(stack, CHECKED)) return;
  Object.defineProperty(stack, CHECKED, { value: true });
  stack.node.addValidation({ validate: () => nameProblems(stack) });
}

/** https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers */
const TERRAFORM_NAME = /^[A-Za-z_][\w-]*$/;

interface Named {
  readonly path: string;
  /** `aws_s3_bucket`, `data.aws_region`. */
  readonly kind: string;
  readonly name: string;
}

function nameProblems(stack: TerraformStack): string[] {
  const named = stack.node
    .findAll()
    .filter((construct) => TerraformStack.of(construct) === stack)
    .flatMap(nameOf);
  const paths = new Map<string, string>();
  return named.flatMap(({ path, kind, name }) => {
    const address = `${kind}.${name}`;
    const other = paths.get(address);
    if (other !== undefined)
      return [`${other} and ${path} must have ids of their own, got one address ${address} for both`];
    paths.set(address, path);
    return TERRAFORM_NAME.test(name) ? [] : [invalidName(path, address)];
  });
}

const invalidName = (path: string, address: string): string =>
  `${path} must have an id that makes a Terraform name (a letter or an underscore first), got the address ${address}`;

function nameOf(construct: IConstruct): readonly Named[] {
  const { path } = construct.node;
  if (TerraformResource.isTerraformResource(construct))
    return [{ path, kind: construct.terraformResourceType, name: construct.friendlyUniqueId }];
  if (TerraformDataSource.isTerraformDataSource(construct))
    return [{ path, kind: `data.${construct.terraformResourceType}`, name: construct.friendlyUniqueId }];
  return [];
}
