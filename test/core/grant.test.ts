import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack } from "cdktf";
import { waitFor, type Grantee, type Principal } from "../../lib/core/grant";
import { principalOf } from "../../lib/core/grantee";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { awsStack } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

describe("waiting", () => {
  test("adds to what a resource waits for, each once", () => {
    const stack = synthApp((app) => {
      const lake = awsStack(app, "lake");
      const [one, two, three] = ["one", "two", "three"].map((id) => new SqsQueue(lake, id, {}));
      if (!one || !two || !three) return;
      const waiting = new SqsQueue(lake, "waiting", { dependsOn: [one] });
      waitFor(waiting, two, three, three);
      waitFor(waiting, two);
    }).stack("lake");
    expect(Template.of(stack).only(SqsQueue, { path: "waiting" }).get("depends_on")).toEqual([
      "aws_sqs_queue.one",
      "aws_sqs_queue.two",
      "aws_sqs_queue.three",
    ]);
  });

  test("for something of another stack is an error, because Terraform knows no order there", () => {
    const build = () =>
      synthApp((app) => {
        const one = new SqsQueue(awsStack(app, "network"), "queue", {});
        waitFor(new SqsQueue(awsStack(app, "lake"), "waiting", {}), one);
      });
    expect(messageOf(build)).toBe(
      lines("lake/waiting has 1 problem", '  dependsOn must be in stack "lake", got the construct network/queue'),
    );
  });
});

describe("the principal behind a grantee", () => {
  const asked = (grantee: unknown) =>
    messageOf(() =>
      synthApp((app) => {
        principalOf<Principal<"aws">>(new TerraformStack(app, "lake"), "aws", grantee as Grantee<Principal<"aws">>);
      }),
    );

  test("is handed out when it is of the cloud", () => {
    const principal: Principal<"aws"> = { cloud: "aws" };
    synthApp((app) => {
      expect(principalOf(new TerraformStack(app, "lake"), "aws", { grantPrincipal: principal })).toBe(principal);
    });
  });

  test.each([
    ["azure", "Azure"],
    ["google", "Google Cloud"],
  ])("of %s is an error that names the trust to create", (cloud, name) => {
    expect(asked({ grantPrincipal: { cloud } })).toBe(
      lines(
        "lake has 1 problem",
        `  grantee must be a principal of AWS, got one of ${name}; for ${name} create a keyless trust first and grant to the AWS identity it ends in`,
      ),
    );
  });

  test.each([
    [undefined, "undefined"],
    [null, "null"],
    ["arn:aws:iam::123456789012:role/r", '"arn:aws:iam::123456789012:role/r"'],
    [{}, "{}"],
    [{ grantPrincipal: null }, '{"grantPrincipal":null}'],
  ])("%p is none", (grantee, got) => {
    expect(asked(grantee)).toBe(lines("lake has 1 problem", `  grantee must be a principal of AWS, got ${got}`));
  });
});
