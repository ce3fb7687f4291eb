import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Plan, PlannedChange } from "../../lib/testing/offline/runner/plan";
import { findOpenTofu, findTerraformItself } from "../../scripts/opentofu/binary";
import { result } from "../../scripts/opentofu/lane";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "opentofu-"));

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A program that says what it is. */
function engine(name: string, release: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\necho "${release}"\necho "on linux_amd64"\n`, { mode: 0o755 });
  return file;
}

describe("the engine", () => {
  const tofu = engine("a/tofu", "OpenTofu v1.9.4");
  const chosen = engine("b/my-tofu", "OpenTofu v1.10.0");
  const terraform = engine("c/terraform", "Terraform v1.11.4");
  const PATH = [tofu, terraform].map((file) => path.dirname(file)).join(path.delimiter);

  test("is tofu on PATH", () => {
    expect(findOpenTofu({ PATH })).toEqual({ binary: tofu, release: "OpenTofu v1.9.4" });
    expect(findTerraformItself({ PATH })).toEqual({ binary: terraform, release: "Terraform v1.11.4" });
  });

  test("is the one that is chosen, unless that is a Terraform", () => {
    expect(findOpenTofu({ PATH, TERRAFORM_BINARY_NAME: chosen })).toEqual({
      binary: chosen,
      release: "OpenTofu v1.10.0",
    });
    expect(findOpenTofu({ PATH, TERRAFORM_BINARY_NAME: terraform })?.binary).toBe(tofu);
  });

  test("is not there", () => {
    expect(findOpenTofu({ PATH: path.dirname(terraform) })).toBeUndefined();
    expect(findTerraformItself({ PATH: path.dirname(tofu) })).toBeUndefined();
  });

  test("is no Terraform under its name", () => {
    const renamed = engine("d/terraform", "OpenTofu v1.9.4");
    expect(findTerraformItself({ PATH: path.dirname(renamed) })).toBeUndefined();
  });
});

describe("a stack", () => {
  const plan = (changes: readonly PlannedChange[], outputs: Plan["outputs"] = {}): Plan => ({
    add: changes.length,
    change: 0,
    destroy: 0,
    changes,
    outputs,
    json: {},
  });
  const created = (address: string): PlannedChange => ({ address, action: "create", from: undefined });
  const planned = plan([created("aws_s3_bucket.pos")], { name: "create" });
  const terraform = { binary: "/usr/bin/terraform", release: "Terraform v1.11.4" };

  test("is fine when both plan the same and nothing is left to do", () => {
    expect(result("lake-dev", { planned, second: plan([]), expected: planned, terraform })).toEqual({
      fine: true,
      text: "lake-dev: 1 to add, 0 to change, 0 to destroy as by Terraform v1.11.4; applied, no changes, destroyed",
    });
    expect(result("lake-dev", { planned, second: plan([]), expected: undefined, terraform: undefined })).toEqual({
      fine: true,
      text: "lake-dev: 1 to add, 0 to change, 0 to destroy; applied, no changes, destroyed",
    });
  });

  test("is not when Terraform plans otherwise", () => {
    const expected = plan([created("aws_s3_bucket.crm"), ...planned.changes]);
    expect(result("lake-dev", { planned, second: plan([]), expected, terraform })).toEqual({
      fine: false,
      text: [
        "lake-dev is planned otherwise than by Terraform:",
        '  output name: "create" by OpenTofu, nothing by Terraform',
        '  aws_s3_bucket.crm: nothing by OpenTofu, "create" by Terraform',
      ].join("\n"),
    });
  });

  test("is not when a second plan has something to do", () => {
    const second = plan([created("aws_s3_bucket.pos")]);
    expect(result("lake-dev", { planned, second, expected: planned, terraform })).toEqual({
      fine: false,
      text: "lake-dev is not as configured after apply, 1 to add, 0 to change, 0 to destroy:\n  + aws_s3_bucket.pos",
    });
  });
});
