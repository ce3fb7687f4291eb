import { synthApp } from "cloud-conductor/testing";
import { terraformTest } from "cloud-conductor/testing/jest";
import { build } from "./first-stack";

const app = synthApp(build);

describe.each(app.stackNames)("%s", (name) => {
  const stack = app.stack(name);

  test("is as reviewed", () => {
    expect(stack).toMatchSnapshot();
  });

  terraformTest("is planned, applied, then as configured, and destroyed", async () => {
    await expect(stack).toPlan({ change: 0, destroy: 0 });
    await expect(stack).toApplyCleanly();
  });
});
