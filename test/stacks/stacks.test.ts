import fs from "node:fs";
import path from "node:path";
import "../../lib/testing/jest";
import { synthApp } from "../../lib/testing/synth";
import { buildApp, ENVIRONMENTS } from "../../stacks/app";
import { toMatchStackFile } from "../support/stack-snapshot";
import { describeWithTerraform } from "../support/terraform";

expect.extend({ toMatchStackFile });

const SNAPSHOTS = path.join(__dirname, "__snapshots__");
const app = synthApp(buildApp);

test("every environment has a lake and a retraining loop", () => {
  const expected = ENVIRONMENTS.flatMap(({ name }) => [`lake-${name}`, `retraining-${name}`]);
  expect([...app.stackNames].sort()).toEqual(expected.sort());
});

test.each(app.stackNames)("%s is as reviewed", (name) => {
  expect(app.stack(name)).toMatchStackFile(path.join(SNAPSHOTS, `${name}.tf.json`));
});

test("there is no snapshot of a stack that is gone", () => {
  expect(fs.readdirSync(SNAPSHOTS).sort()).toEqual(app.stackNames.map((name) => `${name}.tf.json`).sort());
});

test("two synths are equal to the byte", () => {
  const again = synthApp(buildApp);
  for (const name of app.stackNames) expect(JSON.stringify(again.stack(name))).toBe(JSON.stringify(app.stack(name)));
});

describeWithTerraform("Terraform with stand-ins of the providers", () => {
  test.concurrent.each(app.stackNames)("applies %s, finds it as configured and destroys it", async (name) => {
    await expect(app.stack(name)).toApplyCleanly();
  });
});
