import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Lazy, Token, type TerraformStack } from "cdktf";
import { useEnvironment } from "../../../lib/core/environment";
import { AwsRole, type AwsRoleAttributes, type AwsRoleProps } from "../../../lib/identity/aws/role";
import { trustService, type Trust } from "../../../lib/identity/aws/trust";
import { ACCOUNT, DEV, functionRole, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";

const LAMBDA = trustService("lambda.amazonaws.com");
const LATER = Lazy.stringValue({ produce: () => "later" });

/** What a construct of the stack answers. */
function asked<T>(ask: (stack: TerraformStack) => T, environment: typeof PROD | "undeclared" = PROD): T {
  const answers: T[] = [];
  templateOf((stack) => {
    answers.push(ask(stack));
  }, environment);
  return answers[0] as T;
}

describe("a role", () => {
  test("has a name and the environment's tags, and no permissions", () => {
    const template = templateOf((stack) => {
      functionRole(stack, "ingest");
    });
    expect(template.addresses()).toEqual(["aws_iam_role.ingest_9B482C6E"]);
    expect(template.only(IamRole).attributes).toEqual({
      name: "lake-ingest-4db33d0e",
      assume_role_policy: expect.any(String) as string,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("takes what it is given", () => {
    const template = templateOf((stack) => {
      const tags = { owner: "pos" };
      new AwsRole(stack, "ingest", {
        trust: LAMBDA,
        roleName: "acme-ingest",
        description: "Takes in sales",
        maxSessionSeconds: 7200,
        tags,
      });
    });
    expect(template.only(IamRole).attributes).toEqual({
      name: "acme-ingest",
      description: "Takes in sales",
      max_session_duration: 7200,
      assume_role_policy: expect.any(String) as string,
      tags: { CostCenter: "Data 42", Environment: "prod", Owner: "pos" },
    });
  });

  test("is named by references, and by literals where the account is declared", () => {
    const role = asked((stack) => new AwsRole(stack, "ingest", { trust: LAMBDA, roleName: "acme-ingest" }));
    expect([role.roleName, role.roleArn].map((one) => Token.isUnresolved(one))).toEqual([true, true]);
    expect([role.accountId, role.literalArn]).toEqual([ACCOUNT, `arn:aws:iam::${ACCOUNT}:role/acme-ingest`]);
  });

  test.each([
    ["no environment is declared", () => ({}), "undeclared"],
    ["its provider may be of another account", (stack: TerraformStack) => ({ provider: alias(stack) }), PROD],
  ] as const)("has no account where %s", (_, props, environment) => {
    const role = asked((stack) => new AwsRole(stack, "ingest", { trust: LAMBDA, ...props(stack) }), environment);
    expect([role.accountId, role.literalArn]).toEqual([undefined, undefined]);
  });

  test("has the account of the environment that names its provider", () => {
    const role = asked((stack) => {
      const provider = alias(stack);
      useEnvironment(stack, DEV, { awsProvider: provider });
      return new AwsRole(stack, "ingest", { trust: LAMBDA, provider });
    });
    expect(role.accountId).toBe(ACCOUNT);
  });

  test("has no literal ARN when its name is known only to Terraform", () => {
    const role = asked((stack) => new AwsRole(stack, "ingest", { trust: LAMBDA, roleName: LATER }));
    expect([role.accountId, role.literalArn]).toEqual([ACCOUNT, undefined]);
  });
});

const alias = (stack: TerraformStack) => new AwsProvider(stack, "audit", { alias: "audit" });

describe("trust", () => {
  const trusting = (trust: Trust) =>
    JSON.parse(
      String(
        templateOf((stack) => {
          new AwsRole(stack, "r", { trust });
        })
          .only(IamRole)
          .get("assume_role_policy"),
      ),
    ) as unknown;

  test("in a service, for one resource of one account", () => {
    const sourceArn = `arn:aws:scheduler:eu-west-1:${ACCOUNT}:schedule/*`;
    expect(trusting(trustService("scheduler.amazonaws.com", { sourceArn, sourceAccount: ACCOUNT }))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnLike: { "aws:SourceArn": sourceArn },
            StringEquals: { "aws:SourceAccount": ACCOUNT },
          },
        },
      ],
    });
  });

  test("in a service, without more", () => {
    expect(trusting(LAMBDA)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });

  test("in another cloud's identities", () => {
    const condition = { StringEquals: { "accounts.google.com:sub": "1234" } };
    const trust: Trust = {
      principal: { Federated: "accounts.google.com" },
      action: "sts:AssumeRoleWithWebIdentity",
      condition,
    };
    expect(trusting(trust)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: "accounts.google.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: condition,
        },
      ],
    });
  });

  test.each([{ AWS: ACCOUNT }, { AWS: `arn:aws:iam::${ACCOUNT}:root` }, { AWS: LATER }])("in %p", (principal) => {
    const trust: Trust = { principal, action: "sts:AssumeRole" };
    expect(() => trusting(trust)).not.toThrow();
  });
});

describe("fails on", () => {
  const failing = (props: unknown) =>
    messageOf(() => templateOf((stack) => new AwsRole(stack, "r", props as AwsRoleProps)));

  test("all wrong props at once", () => {
    const message = failing({
      trust: { principal: { Service: "lambda" }, action: "sts:*" },
      roleName: "a role",
      maxSessionSeconds: 60,
      description: "→",
      tags: { Owner: "x" },
    });
    expect(message).toBe(
      lines(
        "lake/r has 6 problems",
        '  trust.principal.Service must be a service such as lambda.amazonaws.com, got "lambda"',
        '  trust.action must be one of "sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", got "sts:*"',
        '  roleName must be 1-64 letters, digits or any of +=,.@_-, got "a role"',
        "  maxSessionSeconds must be a whole number from 3600 to 43200 seconds, got 60",
        '  description must be a text of at most 1000 characters of Latin script, got "→"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "owner", got "Owner"',
      ),
    );
  });

  test.each([
    [undefined, "trust must be an object, got undefined"],
    [{}, "trust.principal must be an object, got undefined"],
    [{ principal: {}, action: "sts:AssumeRole" }, "trust.principal must be somebody, got {}"],
    [
      { principal: { AWS: "*" }, action: "sts:AssumeRole" },
      'trust.principal.AWS must be an account of 12 digits or an ARN without a wildcard, got "*"',
    ],
    [
      { principal: { AWS: "arn:aws:iam::123456789012:role/*" }, action: "sts:AssumeRole" },
      'trust.principal.AWS must be an account of 12 digits or an ARN without a wildcard, got "arn:aws:iam::123456789012:role/*"',
    ],
    [
      { principal: { Federated: "*" }, action: "sts:AssumeRoleWithWebIdentity" },
      'trust.principal.Federated must be the ARN of an identity provider or a domain such as accounts.google.com, got "*"',
    ],
    [
      { principal: { Everybody: "me" }, action: "sts:AssumeRole" },
      'trust.principal must be one of "Service", "AWS", "Federated", got "Everybody"',
    ],
  ])("the trust %p", (trust, problem) => {
    expect(failing({ trust })).toBe(lines("lake/r has 1 problem", `  ${problem}`));
  });

  const referring = (attributes: unknown) =>
    messageOf(() => templateOf((stack) => AwsRole.fromRoleAttributes(stack, "ops", attributes as AwsRoleAttributes)));

  test("a wrong reference", () => {
    expect(referring({ roleName: "path/ops", accountId: "1234" })).toBe(
      lines(
        "lake/ops has 2 problems",
        '  roleName must be 1-64 letters, digits or any of +=,.@_-, got "path/ops"',
        '  accountId must be 12 digits, got "1234"',
      ),
    );
  });

  test("a reference by a token, because its ARN is made of literals", () => {
    const literal =
      "a literal value, because it decides which resources are made, got a token (a value known only to Terraform)";
    expect(referring({ roleName: LATER, accountId: LATER })).toBe(
      lines("lake/ops has 2 problems", `  roleName must be ${literal}`, `  accountId must be ${literal}`),
    );
  });
});

test("a role that is referred to is named by literals", () => {
  const role = asked(
    (stack) => AwsRole.fromRoleAttributes(stack, "ops", { roleName: "ops", accountId: OTHER_ACCOUNT }).grantPrincipal,
  );
  expect([role.roleName, role.roleArn, role.literalArn, role.accountId]).toEqual([
    "ops",
    `arn:aws:iam::${OTHER_ACCOUNT}:role/ops`,
    `arn:aws:iam::${OTHER_ACCOUNT}:role/ops`,
    OTHER_ACCOUNT,
  ]);
});

test("a trust policy is one statement", () => {
  const policy = templateOf((stack) => {
    functionRole(stack);
  })
    .only(IamRole)
    .get("assume_role_policy");
  expect(statementsOf(policy)).toHaveLength(1);
});
