import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { TerraformStack } from "cdktf";
import type { Grantee } from "../../../lib/core/grant";
import { AwsKey } from "../../../lib/encryption/aws/key";
import type { AwsKeyGrants } from "../../../lib/encryption/aws/key-grants";
import type { AwsPrincipal } from "../../../lib/identity/aws/principal";
import type { AwsRole } from "../../../lib/identity/aws/role";
import { functionRole, templateOf } from "../../support/aws-stack";
import { statementsOf } from "../../support/policies";

const granted = (give: (grants: AwsKeyGrants, role: AwsRole, stack: TerraformStack) => void) =>
  templateOf((stack) => give(new AwsKey(stack, "objects").grants, functionRole(stack), stack));

const KEY = "${aws_kms_key.objects_7623FC4F.arn}";

test.each([
  ["encrypt", ["kms:Encrypt", "kms:GenerateDataKey"]],
  ["decrypt", ["kms:Decrypt"]],
  ["encryptDecrypt", ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"]],
] as const)("%s gives exactly its actions on the key", (verb, actions) => {
  const template = granted((grants, role) => void grants[verb](role));
  expect(statementsOf(template.only(IamRolePolicy).get("policy"))).toEqual([
    { Effect: "Allow", Action: actions, Resource: [KEY] },
  ]);
});

test("a service in between is a condition, in the key's region", () => {
  const template = granted((grants, role) => void grants.decrypt(role, { viaService: "s3" }));
  expect(statementsOf(template.only(IamRolePolicy).get("policy"))[0]?.Condition).toEqual({
    StringEquals: { "kms:ViaService": `s3.\${element(split(':', ${KEY.slice(2, -1)}), 3)}.amazonaws.com` },
  });
});

test("repeating a grant changes nothing, another service is another grant", () => {
  const template = granted((grants, role) => {
    expect(grants.decrypt(role)).toBe(grants.decrypt(role));
    grants.decrypt(role, { viaService: "s3" });
  });
  expect(template.all(IamRolePolicy).map(({ path }) => path)).toEqual([
    "role/decrypt-objects-50a8cffe",
    "role/decrypt-objects-73bbb585",
  ]);
});

describe("fails on", () => {
  test("a principal of another cloud", () => {
    const identity = { grantPrincipal: { cloud: "azure" } } as unknown as Grantee<AwsPrincipal>;
    expect(() => granted((grants) => void grants.decrypt(identity))).toThrow(
      "lake/objects has 1 problem\n  grantee must be a principal of AWS, got one of Azure; for Azure create a keyless trust first and grant to the AWS identity it ends in",
    );
  });

  test("a service by its long name", () => {
    expect(() => granted((grants, role) => void grants.decrypt(role, { viaService: "s3.amazonaws.com" }))).toThrow(
      'lake/objects has 1 problem\n  viaService must be the short name of a service, such as s3, got "s3.amazonaws.com"',
    );
  });
});
