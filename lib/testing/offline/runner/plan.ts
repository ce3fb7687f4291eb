/** What a plan does to one resource, in Terraform's words. */
export type Action = "create" | "update" | "replace" | "delete" | "read" | "move" | "import" | "forget";

/** One resource that a plan changes. */
export interface PlannedChange {
  readonly address: string;
  readonly action: Action;
  /** Where a moved resource comes from. */
  readonly from: string | undefined;
}

/** What Terraform would do. */
export interface Plan {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  /** In the order of their addresses. */
  readonly changes: readonly PlannedChange[];
  /** The outputs whose value changes, by name. */
  readonly outputs: Readonly<Record<string, Action>>;
  /** `terraform show -json` of the plan, for cost and policy tools. */
  readonly json: Readonly<Record<string, unknown>>;
}

interface PrintedChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly previous_address?: string;
  readonly change: { readonly actions: readonly string[]; readonly importing?: object };
}

interface PrintedPlan {
  readonly resource_changes?: readonly PrintedChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/**
 * Reads `terraform show -json` of a plan file.
 *
 * @param auxiliary the address of a resource that is not the stack's own
 */
export function readPlan(json: Readonly<Record<string, unknown>>, auxiliary?: string): Plan {
  const { resource_changes = [], output_changes = {} } = json as PrintedPlan;
  const changes = resource_changes
    .filter(({ address }) => address !== auxiliary)
    .flatMap((printed) => changeOf(printed) ?? [])
    .sort((one, other) => (one.address < other.address ? -1 : 1));
  const count = (...actions: readonly Action[]): number =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const outputs = Object.entries(output_changes).flatMap(([name, { actions }]) => {
    const action = actionOf(actions);
    return action === undefined ? [] : [[name, action] as const];
  });
  return {
    add: count("create", "replace"),
    change: count("update"),
    destroy: count("delete", "replace"),
    changes,
    outputs: Object.fromEntries(outputs),
    json,
  };
}

function changeOf({ address, previous_address: from, change }: PrintedChange): PlannedChange | undefined {
  const action = actionOf(change.actions);
  if (action !== undefined) return { address, action, from };
  if (change.importing !== undefined) return { address, action: "import", from };
  return from === undefined ? undefined : { address, action: "move", from };
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.length > 1) return "replace";
  const [action] = actions;
  return action === "no-op" ? undefined : (action as Action);
}

/** `2 to add, 1 to change, 0 to destroy`. */
export const counts = ({ add, change, destroy }: Pick<Plan, "add" | "change" | "destroy">): string =>
  `${String(add)} to add, ${String(change)} to change, ${String(destroy)} to destroy`;

/** Nothing would change, outputs included. */
export const isEmpty = ({ changes, outputs }: Plan): boolean =>
  changes.every(({ action }) => action === "read") && Object.keys(outputs).length === 0;

const SIGNS: Record<Action, string> = {
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  read: "<=",
  move: "->",
  import: "<+",
  forget: ".",
};

/** One line a resource, with Terraform's signs, as many as a reader takes in. */
export function listed({ changes, outputs }: Plan, limit = 40): string {
  const lines = [
    ...changes.map(
      ({ address, action, from }) => `${SIGNS[action]} ${address}${from === undefined ? "" : ` (was ${from})`}`,
    ),
    ...Object.entries(outputs).map(([name, action]) => `${SIGNS[action]} output ${name}`),
  ];
  const more = lines.length > limit ? [`and ${String(lines.length - limit)} more`] : [];
  return [...lines.slice(0, limit), ...more].map((line) => `  ${line}`).join("\n");
}
