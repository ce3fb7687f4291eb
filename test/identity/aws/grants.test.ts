import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import type { App, TerraformStack } from "cdktf";
import type { Grant } from "../../../lib/core/grant";
import type { AwsPrincipal, GrantName } from "../../../lib/identity/aws/principal";
import { AwsRole } from "../../../lib/identity/aws/role";
import type { AwsStatement } from "../../../lib/identity/aws/statement";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, functionRole, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";

const READ: GrantName = { verb: "read", target: "lake/pos", part: "raw/" };
const GET: AwsStatement = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::acme-pos/raw/*"] };

const granting = (grant: (role: AwsPrincipal, stack: TerraformStack) => unknown) =>
  templateOf((stack) => {
    grant(functionRole(stack), stack);
  });

describe("a grant", () => {
  test("is one inline policy below the role", () => {
    const policy = granting((role) => role.allow(READ, [GET])).only(IamRolePolicy);
    expect([policy.path, policy.get("name"), policy.get("role")]).toEqual([
      "role/read-pos-0177a2ae",
      "read-pos-0177a2ae",
      "${aws_iam_role.role_C7B7E775.name}",
    ]);
    expect(statementsOf(policy.get("policy"))).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::acme-pos/raw/*"] },
    ]);
  });

  test("carries its conditions", () => {
    const condition = { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } };
    const policy = granting((role) => role.allow(READ, [{ ...GET, condition }])).only(IamRolePolicy);
    expect(statementsOf(policy.get("policy"))[0]?.Condition).toEqual(condition);
  });

  test("repeated is the same one", () => {
    const grants: Grant[] = [];
    const template = granting((role) => grants.push(role.allow(READ, [GET]), role.allow({ ...READ }, [{ ...GET }])));
    expect(grants[0]).toBe(grants[1]);
    expect(template.count(IamRolePolicy)).toBe(1);
  });

  test.each([
    ["another verb", { ...READ, verb: "write" }],
    ["another target", { ...READ, target: "lake/audit" }],
    ["another part", { ...READ, part: "clean/" }],
    ["the whole", { verb: READ.verb, target: READ.target }],
  ])("on %s is another policy", (_, name) => {
    const template = granting((role) => {
      role.allow(READ, [GET]);
      role.allow(name, [GET]);
    });
    expect(template.count(IamRolePolicy)).toBe(2);
  });

  test("has one id in every environment, though the stack's id differs", () => {
    const names = ["lake-dev", "lake-prod"].map((id) => {
      const app = synthApp((root: App) => {
        functionRole(awsStack(root, id, PROD)).allow({ verb: "read", target: `${id}/pos` }, [GET]);
      });
      return Template.of(app.stack(id)).only(IamRolePolicy).path;
    });
    expect(names[0]).toBe(names[1]);
  });

  test("orders what needs it behind itself", () => {
    const template = granting((role, stack) => {
      role.allow(READ, [GET]).before(new SqsQueue(stack, "one", {}), new SqsQueue(stack, "two", {}));
    });
    expect(template.all(SqsQueue).map((queue) => queue.get("depends_on"))).toEqual([
      ["aws_iam_role_policy.role_read-pos-0177a2ae_3759312D"],
      ["aws_iam_role_policy.role_read-pos-0177a2ae_3759312D"],
    ]);
  });

  test("on something of another stack stands with the role, and is wired", () => {
    const app = synthApp((root) => {
      const bucket = new AwsBucket(awsStack(root, "storage", PROD), "pos");
      bucket.grants.read(functionRole(awsStack(root, "ingest", PROD)));
    });
    expect(app.dependencies("ingest")).toEqual(["storage"]);
    expect(app.dependencies("storage")).toEqual([]);
    const [objects, listing] = statementsOf(Template.of(app.stack("ingest")).only(IamRolePolicy).get("policy"));
    const arn =
      "${data.terraform_remote_state.cross-stack-reference-input-storage.outputs.cross-stack-output-aws_s3_bucketpos_A02B06CAarn}";
    expect([objects?.Resource, listing?.Resource]).toEqual([[`${arn}/*`], [arn]]);
    Template.of(app.stack("storage")).none(IamRolePolicy);
  });
});

describe("a grant to a role that is referred to", () => {
  const ops = (stack: TerraformStack, id = "ops") =>
    AwsRole.fromRoleAttributes(stack, id, { roleName: "ops", accountId: ACCOUNT }).grantPrincipal;

  test("is an inline policy of it", () => {
    const policy = templateOf((stack) => {
      ops(stack).allow(READ, [GET]);
    }).only(IamRolePolicy);
    expect([policy.path, policy.get("role")]).toEqual(["ops/read-pos-0177a2ae", "ops"]);
  });

  test("has a name of its own in each stack: with one name the last writer would win", () => {
    const app = synthApp((root) => {
      for (const id of ["lake-pos", "lake-erp"])
        ops(awsStack(root, id, PROD)).allow({ verb: "read", target: `${id}/raw` }, [GET]);
    });
    const names = app.stackNames.map((name) => Template.of(app.stack(name)).only(IamRolePolicy).get("name"));
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => /^read-raw-[0-9a-f]{8}-[0-9a-f]{8}$/.test(String(name)))).toBe(true);
  });

  test("of another account is agreed to by the bucket's policy", () => {
    const template = templateOf((stack) => {
      const bucket = new AwsBucket(stack, "pos", { bucketName: "acme-pos" });
      const role = AwsRole.fromRoleAttributes(stack, "ops", { roleName: "ops", accountId: OTHER_ACCOUNT });
      bucket.grants.delete(role);
    });
    const policy = String(template.all({ tfResourceType: "aws_s3_bucket_policy" })[0]?.get("policy"));
    expect(statementsOf(policy).at(-1)).toEqual({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      Action: ["s3:DeleteObject"],
      Resource: ["${aws_s3_bucket.pos_A02B06CA.arn}/*"],
      Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${OTHER_ACCOUNT}:role/ops` } },
    });
  });
});

describe("fails on", () => {
  const failing = (...statements: readonly AwsStatement[]) =>
    messageOf(() => granting((role) => role.allow(READ, statements)));

  test("wildcards, all at once", () => {
    const message = failing(
      { actions: ["s3:*", "s3:Get?bject", "*"], resources: ["arn:aws:s3:::acme-pos/*"] },
      { actions: ["s3:GetObject", "kms:Decrypt"], resources: ["*"] },
    );
    expect(message).toBe(
      lines(
        "lake/role has 5 problems",
        '  statements[0].actions must be actions without a wildcard, got "s3:*"',
        '  statements[0].actions must be actions without a wildcard, got "s3:Get?bject"',
        '  statements[0].actions must be actions without a wildcard, got "*"',
        '  statements[1].resources must be the ARNs that s3:GetObject is for, got "*"',
        '  statements[1].resources must be the ARNs that kms:Decrypt is for, got "*"',
      ),
    );
  });

  test("a statement of nothing", () => {
    expect(failing({ actions: [], resources: [] })).toBe(
      lines(
        "lake/role has 2 problems",
        "  statements[0].actions must be at least one, got []",
        "  statements[0].resources must be at least one, got []",
      ),
    );
  });

  test("other statements under the name of an earlier grant", () => {
    const build = () =>
      granting((role) => {
        role.allow(READ, [GET]);
        role.allow(READ, [{ ...GET, actions: ["s3:PutObject"] }]);
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/role has 1 problem",
        "  read on lake/pos must be granted with the same statements each time, got two different ones",
      ),
    );
  });

  test("more than a role's inline policies hold together", () => {
    const resources = Array.from(
      { length: 20 },
      (_, index) => `arn:aws:s3:::acme-pos/${"x".repeat(200)}${String(index)}/*`,
    );
    const build = () =>
      granting((role) => {
        for (const part of ["a", "b", "c"]) role.allow({ ...READ, part }, [{ ...GET, resources }]);
      });
    expect(messageOf(build)).toBe(
      lines(
        "Validation failed with the following errors:",
        "  [lake/role] the inline policies of the role must be at most 10240 characters together, got about 13998 in read-pos-5854fd99, read-pos-440a4d0d, read-pos-01d5585f; grant on wider prefixes or use a second role",
        "",
        "If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.",
        "",
      ),
    );
  });

  test("ordering something of another stack", () => {
    const build = () =>
      synthApp((app) => {
        const grant = functionRole(awsStack(app, "lake", PROD)).allow(READ, [GET]);
        grant.before(new SqsQueue(awsStack(app, "other"), "queue", {}));
      });
    expect(messageOf(build)).toBe(
      lines(
        "other/queue has 1 problem",
        '  dependsOn must be in stack "other", got the construct lake/role/read-pos-0177a2ae',
      ),
    );
  });
});

test("actions that know no resource may have every one", () => {
  const statement = { actions: ["cloudwatch:PutMetricData"], resources: ["*"] };
  const policy = granting((role) => role.allow(READ, [statement])).only(IamRolePolicy);
  expect(statementsOf(policy.get("policy"))).toEqual([
    { Effect: "Allow", Action: ["cloudwatch:PutMetricData"], Resource: ["*"] },
  ]);
});
