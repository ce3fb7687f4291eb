import { TerraformStack } from "cdktf";
import { DataRemoval, dataRemovalProblems, destroysData, keptUnless } from "../../lib/core/data-removal";
import { useEnvironment } from "../../lib/core/environment";
import { synthApp, type Annotation } from "../../lib/testing/synth";
import { DEV, PROD } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

function asked(dataRemoval: unknown, environment?: typeof PROD): { destroys: boolean; notes: readonly Annotation[] } {
  let destroys = false;
  const app = synthApp((root) => {
    const stack = new TerraformStack(root, "lake");
    if (environment) useEnvironment(stack, environment);
    destroys = destroysData(stack, { dataRemoval: dataRemoval as DataRemoval });
  });
  return { destroys, notes: app.annotations("lake") };
}

const note = (message: string) => [{ constructPath: "lake", level: "info", message }];
const NO_ENVIRONMENT_KEY = note(
  'The data is kept: dataRemoval is "destroy" here, and the environment does not say dataRemoval: "allowed".',
);
const NO_CONSTRUCT_KEY = note(
  'The data is kept: the environment says dataRemoval: "allowed", and the construct does not say dataRemoval: "destroy".',
);

test.each([
  ["both keys destroy", DataRemoval.DESTROY, DEV, true, []],
  ["the construct's key alone keeps and says so", DataRemoval.DESTROY, PROD, false, NO_ENVIRONMENT_KEY],
  [
    "the construct's key without an environment keeps and says so",
    DataRemoval.DESTROY,
    undefined,
    false,
    NO_ENVIRONMENT_KEY,
  ],
  ["the environment's key alone keeps and says so", undefined, DEV, false, NO_CONSTRUCT_KEY],
  ["keeping on purpose needs no note", DataRemoval.KEEP, DEV, false, []],
  ["no key keeps", undefined, PROD, false, []],
  ["no key and no environment keep", undefined, undefined, false, []],
])("%s", (_, dataRemoval, environment, destroys, notes) => {
  expect(asked(dataRemoval, environment)).toEqual({ destroys, notes });
});

test("what is kept cannot be destroyed by Terraform", () => {
  expect([keptUnless(false), keptUnless(true)]).toEqual([{ lifecycle: { preventDestroy: true } }, {}]);
});

test.each(["allowed", "kept", true, null])("%p is no key", (dataRemoval) => {
  const problem = `dataRemoval must be one of "keep", "destroy", got ${JSON.stringify(dataRemoval)}`;
  expect(dataRemovalProblems({ dataRemoval: dataRemoval as DataRemoval })).toEqual([problem]);
  expect(messageOf(() => asked(dataRemoval, DEV))).toBe(lines("lake has 1 problem", `  ${problem}`));
});
