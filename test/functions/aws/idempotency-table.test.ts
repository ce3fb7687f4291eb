import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import type { TerraformStack } from "cdktf";
import { permissions } from "../../../lambda/retraining-trigger/contract";
import { DataRemoval } from "../../../lib/core/data-removal";
import type { Grantee } from "../../../lib/core/grant";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { IdempotencyTable, type IdempotencyTableProps } from "../../../lib/functions/aws/idempotency-table";
import { TableEncryption } from "../../../lib/functions/aws/table-encryption";
import type { ItemAction } from "../../../lib/functions/aws/table-grants";
import type { AwsPrincipal } from "../../../lib/identity/aws/principal";
import { AwsRole } from "../../../lib/identity/aws/role";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, DEV, functionRole, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { statementsOf, type Statement } from "../../support/policies";

const tableWith = (props: IdempotencyTableProps = {}) =>
  templateOf((stack) => new IdempotencyTable(stack, "state", props));

describe("an idempotency table", () => {
  test("has the keys that handlers expect, and is kept", () => {
    expect(tableWith().only(DynamodbTable).attributes).toEqual({
      attribute: [
        { name: "id", type: "S" },
        { name: "sortKey", type: "S" },
      ],
      billing_mode: "PAY_PER_REQUEST",
      deletion_protection_enabled: true,
      hash_key: "id",
      lifecycle: { prevent_destroy: true },
      name: "lake-state-c13c9e90",
      point_in_time_recovery: { enabled: true },
      range_key: "sortKey",
      tags: { CostCenter: "Data 42", Environment: "prod" },
      ttl: { attribute_name: "expiration", enabled: true },
    });
  });

  test("takes what is said of it", () => {
    const table = tableWith({ tableName: "state", pointInTimeRecovery: false, region: "us-west-2" }).only(
      DynamodbTable,
    );
    expect(table.attributes).toMatchObject({
      name: "state",
      point_in_time_recovery: { enabled: false },
      region: "us-west-2",
    });
  });

  test("is encrypted with a customer-managed key", () => {
    const template = templateOf((stack) => {
      new IdempotencyTable(stack, "state", { encryption: TableEncryption.key(new AwsKey(stack, "key")) });
    });
    expect(template.only(DynamodbTable).get("server_side_encryption")).toEqual({
      enabled: true,
      kms_key_arn: "${aws_kms_key.key_FEDD6EC0.arn}",
    });
  });

  test("goes with both keys turned, the native guard too", () => {
    const template = templateOf(
      (stack) => new IdempotencyTable(stack, "state", { dataRemoval: DataRemoval.DESTROY }),
      DEV,
    );
    const table = template.only(DynamodbTable);
    expect(table.has("lifecycle")).toBe(false);
    expect(table.get("deletion_protection_enabled")).toBe(false);
  });

  test("keeps its address", () => {
    expect(tableWith().addresses()).toEqual(["aws_dynamodb_table.state_EC29AD4A"]);
  });
});

describe("a grant", () => {
  const granted = (give: (table: IdempotencyTable, role: AwsRole) => void, encrypted = false): readonly Statement[] => {
    const template = templateOf((stack) => {
      const encryption = encrypted ? TableEncryption.key(new AwsKey(stack, "key")) : TableEncryption.awsOwned();
      give(new IdempotencyTable(stack, "state", { encryption }), functionRole(stack));
    });
    return template.all(IamRolePolicy).flatMap((policy) => statementsOf(policy.get("policy")));
  };
  const TABLE = "${aws_dynamodb_table.state_EC29AD4A.arn}";

  test("to read and write names each action", () => {
    expect(granted((table, role) => void table.grants.readWrite(role))).toEqual([
      {
        Effect: "Allow",
        Action: [
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:Query",
          "dynamodb:UpdateItem",
        ],
        Resource: [TABLE],
      },
    ]);
  });

  test("is exactly what a handler's contract needs, on its own partitions", () => {
    const partitions = ["trigger#objects", "trigger#pending"];
    const statements = granted((table, role) => void table.grants.allow(role, permissions.stateTable, { partitions }));
    expect(statements).toEqual([
      {
        Effect: "Allow",
        Action: [...permissions.stateTable],
        Resource: [TABLE],
        Condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": partitions } },
      },
    ]);
  });

  test("includes the key, through DynamoDB alone", () => {
    const [, key] = granted((table, role) => void table.grants.readWrite(role), true);
    expect(key).toEqual({
      Effect: "Allow",
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ],
      Resource: ["${aws_kms_key.key_FEDD6EC0.arn}"],
      Condition: { StringEquals: { "kms:ViaService": "dynamodb.eu-west-1.amazonaws.com" } },
    });
  });

  test("repeated changes nothing, in whatever order the actions are named", () => {
    const statements = granted((table, role) => {
      const one = table.grants.allow(role, ["dynamodb:GetItem"]);
      expect(table.grants.allow(role, ["dynamodb:GetItem"])).toBe(one);
      table.grants.allow(role, ["dynamodb:PutItem"]);
    });
    expect(statements.map(({ Action }) => Action)).toEqual([["dynamodb:GetItem"], ["dynamodb:PutItem"]]);
  });

  test("renders in the role's stack, and the table knows nothing of it", () => {
    const app = synthApp((app) => {
      const table = new IdempotencyTable(awsStack(app, "data", PROD), "state");
      table.grants.readWrite(functionRole(awsStack(app, "functions", PROD)));
    });
    expect(Template.of(app.stack("functions")).count(IamRolePolicy)).toBe(1);
    expect(app.dependencies("functions")).toEqual(["data"]);
    expect(app.dependencies("data")).toEqual([]);
  });

  describe("fails on", () => {
    test.each<[string, readonly string[], readonly string[] | undefined, string]>([
      [
        "an action that reads all of the table",
        ["dynamodb:Scan"],
        undefined,
        'actions[0] must be one of "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem", got "dynamodb:Scan"',
      ],
      ["nothing granted", [], undefined, "actions must be at least one action, got []"],
      [
        "no partition, which would be every one",
        ["dynamodb:GetItem"],
        [],
        "partitions must be at least one partition, or left out, got []",
      ],
    ])("%s", (_, actions, partitions, message) => {
      const give = (table: IdempotencyTable, role: AwsRole) =>
        void table.grants.allow(role, actions as readonly ItemAction[], { partitions });
      expect(() => granted(give)).toThrow(`lake/state has 1 problem\n  ${message}`);
    });

    test("a role of another account: a table has no policy that could agree", () => {
      const give = (stack: TerraformStack) => {
        const abroad = AwsRole.fromRoleAttributes(stack, "abroad", { roleName: "reader", accountId: OTHER_ACCOUNT });
        new IdempotencyTable(stack, "state").grants.readWrite(abroad);
      };
      expect(() => templateOf(give)).toThrow(
        `lake/state has 1 problem\n  grantee must be a role of the table's account ${ACCOUNT}, got "${OTHER_ACCOUNT}"`,
      );
    });

    test("a principal of another cloud", () => {
      const identity = { grantPrincipal: { cloud: "azure" } } as unknown as Grantee<AwsPrincipal>;
      expect(() => granted((table) => void table.grants.readWrite(identity))).toThrow(
        "lake/state has 1 problem\n  grantee must be a principal of AWS, got one of Azure; for Azure create a keyless trust first and grant to the AWS identity it ends in",
      );
    });
  });

  test("says nothing to the key's policy: the role is of the same account", () => {
    const template = templateOf((stack) => {
      const encryption = TableEncryption.key(new AwsKey(stack, "key"));
      new IdempotencyTable(stack, "state", { encryption }).grants.readWrite(functionRole(stack));
    });
    expect(statementsOf(template.only(KmsKeyPolicy).get("policy"))).toHaveLength(1);
  });
});

test("fails on every wrong prop at once", () => {
  const wrong = {
    tableName: "a",
    pointInTimeRecovery: "yes",
    encryption: {},
    dataRemoval: "remove",
  } as unknown as IdempotencyTableProps;
  expect(() => tableWith(wrong)).toThrow(
    [
      "lake/state has 4 problems",
      '  tableName must be 3-255 letters, digits or any of _.-, got "a"',
      '  pointInTimeRecovery must be true or false, got "yes"',
      "  encryption must be TableEncryption.awsOwned() or TableEncryption.key(key), got {}",
      '  dataRemoval must be one of "keep", "destroy", got "remove"',
    ].join("\n"),
  );
});
