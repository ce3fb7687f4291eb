import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Token, type TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { arnPart, standing, type AwsStanding } from "../../../lib/identity/aws/arn";
import { PROD, templateOf } from "../../support/aws-stack";

const ARN = "arn:aws:sqs:eu-west-1:123456789012:orders";

describe("a part of an ARN", () => {
  test.each([
    ["region", "eu-west-1"],
    ["account", "123456789012"],
    ["resource", "orders"],
  ] as const)("%s of a literal is cut out at synthesis", (part, expected) => {
    expect(arnPart(ARN, part)).toBe(expected);
  });

  test("of a token is cut out by Terraform", () => {
    const template = templateOf((stack) => {
      const queue = new SqsQueue(stack, "queue", {});
      new SqsQueue(stack, "other", { name: arnPart(queue.arn, "account") });
    });
    expect(template.only(SqsQueue, { path: "other" }).get("name")).toBe(
      '${element(split(":", aws_sqs_queue.queue.arn), 4)}',
    );
  });
});

describe("where a resource stands", () => {
  const ask = (props: (stack: TerraformStack) => Parameters<typeof standing>[1], environment = PROD) => {
    const answers: AwsStanding[] = [];
    templateOf((stack) => {
      answers.push(standing(stack, props(stack), ARN));
    }, environment);
    return answers[0];
  };

  test("is what the environment declares", () => {
    expect(ask(() => ({}))).toEqual({ region: "eu-west-1", accountId: "123456789012" });
  });

  test("is in its own region", () => {
    expect(ask(() => ({ region: "us-west-2" }))).toEqual({ region: "us-west-2", accountId: "123456789012" });
  });

  test("is unknown to the environment with a provider of its own", () => {
    const environment = { ...PROD, aws: { accountId: "999999999999", region: "us-east-1" } };
    const provider = (stack: TerraformStack) => ({
      provider: new AwsProvider(stack, "audit", { alias: "audit" }),
    });
    expect(ask(provider, environment)).toEqual({ region: "eu-west-1" });
  });

  test("is left to Terraform where nothing is declared", () => {
    const seen: AwsStanding[] = [];
    templateOf((stack) => {
      seen.push(standing(stack, {}, new SqsQueue(stack, "queue", {}).arn));
    }, "undeclared");
    expect(seen.map(({ accountId }) => accountId)).toEqual([undefined]);
    expect(seen.map(({ region }) => Token.isUnresolved(region))).toEqual([true]);
  });
});
