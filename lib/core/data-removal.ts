import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";
import { given, oneOf } from "./checks";
import { environmentOf } from "./environment";
import { ConstructValidationError } from "./errors";

/** What happens to data when its construct leaves the code. */
export const DataRemoval = { KEEP: "keep", DESTROY: "destroy" } as const;
export type DataRemoval = (typeof DataRemoval)[keyof typeof DataRemoval];

/** Of every construct that holds data. */
export interface DataRemovalProps {
  /**
   * The construct's key to removing data; the environment's `dataRemoval: "allowed"` is the other one. Both together
   * lift every guard; with one alone the data is kept.
   * @default DataRemoval.KEEP
   */
  readonly dataRemoval?: DataRemoval;
}

/** The problems of a construct's own key. */
export const dataRemovalProblems = ({ dataRemoval }: DataRemovalProps): readonly string[] =>
  given(dataRemoval, (value) => oneOf("dataRemoval", value, Object.values(DataRemoval)));

/**
 * Whether both keys are turned. One key alone keeps the data and leaves a note that names the missing key.
 *
 * @throws ConstructValidationError when the construct's key is neither of the two
 */
export function destroysData(scope: IConstruct, { dataRemoval }: DataRemovalProps): boolean {
  const problems = dataRemovalProblems({ dataRemoval });
  if (problems.length > 0) throw new ConstructValidationError(scope.node.path, problems);
  const allowed = environmentOf(scope)?.dataRemoval === "allowed";
  if (dataRemoval === DataRemoval.DESTROY && !allowed)
    Annotations.of(scope).addInfo(
      'The data is kept: dataRemoval is "destroy" here, and the environment does not say dataRemoval: "allowed".',
    );
  if (dataRemoval === undefined && allowed)
    Annotations.of(scope).addInfo(
      'The data is kept: the environment says dataRemoval: "allowed", and the construct does not say dataRemoval: "destroy".',
    );
  return dataRemoval === DataRemoval.DESTROY && allowed;
}

/** The lifecycle of a stateful resource: Terraform refuses to destroy it unless both keys are turned. */
export const keptUnless = (destroys: boolean): { readonly lifecycle?: { readonly preventDestroy: true } } =>
  destroys ? {} : { lifecycle: { preventDestroy: true } };
