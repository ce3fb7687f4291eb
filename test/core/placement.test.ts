import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { useEnvironment } from "../../lib/core/environment";
import { assertValid } from "../../lib/core/errors";
import { place, placed, placedGlobally, placementOf, type AwsPlacementProps } from "../../lib/core/placement";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { awsStack, PROD } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

/** One regional and one global resource. */
class Placed extends Construct {
  public constructor(scope: Construct, id: string, props: AwsPlacementProps) {
    super(scope, id);
    assertValid(this, place(this, "aws", props));
    new S3Bucket(this, "Resource", placed(this, { bucket: "acme-pos" }));
    new IamRole(this, "Role", placedGlobally(this, { assumeRolePolicy: "{}" }));
  }
}

const templateOf = (build: (stack: TerraformStack) => void) =>
  Template.of(synthApp((app) => build(awsStack(app, "lake"))).stack("lake"));

const where = (template: Template) =>
  [template.only(S3Bucket), template.only(IamRole)].map(({ attributes }) => ({
    region: attributes["region"],
    provider: attributes["provider"],
  }));

const alias = (stack: TerraformStack) => new AwsProvider(stack, "audit", { alias: "audit", region: "eu-west-1" });

test("nothing is written unless it is given", () => {
  expect(where(templateOf((stack) => new Placed(stack, "pos", {})))).toEqual([{}, {}]);
});

test("a region is written on what has one", () => {
  expect(where(templateOf((stack) => new Placed(stack, "pos", { region: "us-west-2" })))).toEqual([
    { region: "us-west-2" },
    {},
  ]);
});

test("a region known only to Terraform passes", () => {
  const region = Lazy.stringValue({ produce: () => "us-west-2" });
  expect(where(templateOf((stack) => new Placed(stack, "pos", { region })))).toEqual([{ region: "us-west-2" }, {}]);
});

test("a provider is written on both, the construct's own before the environment's", () => {
  const build = (props: (provider: AwsProvider) => AwsPlacementProps) =>
    templateOf((stack) => {
      const other = new AwsProvider(stack, "other", { alias: "other" });
      useEnvironment(stack, PROD, { awsProvider: other });
      new Placed(stack, "pos", props(alias(stack)));
    });
  expect(where(build(() => ({})))).toEqual([{ provider: "aws.other" }, { provider: "aws.other" }]);
  expect(where(build((provider) => ({ provider })))).toEqual([{ provider: "aws.audit" }, { provider: "aws.audit" }]);
});

test("a construct that belongs beside another one takes over where it stands", () => {
  templateOf((stack) => {
    const provider = alias(stack);
    expect(placementOf(new Placed(stack, "pos", { region: "us-west-2", provider }))).toEqual({
      region: "us-west-2",
      provider,
    });
    expect(placementOf(stack)).toEqual({});
  });
});

describe("fails on", () => {
  const failing = (props: (stack: TerraformStack, other: TerraformStack) => unknown) =>
    messageOf(() =>
      synthApp((app) => {
        const other = new TerraformStack(app, "network");
        const stack = awsStack(app, "lake");
        new Placed(stack, "pos", props(stack, other) as AwsPlacementProps);
      }),
    );

  test("a provider of another stack", () => {
    expect(failing((_, other) => ({ provider: new AwsProvider(other, "aws", {}) }))).toBe(
      lines("lake/pos has 1 problem", '  provider must be a provider of stack "lake", got the construct network/aws'),
    );
  });

  test("a provider of another stack that the environment names", () => {
    const build = (stack: TerraformStack, other: TerraformStack) => {
      useEnvironment(stack, PROD, { awsProvider: new AwsProvider(other, "aws", {}) });
      return {};
    };
    expect(failing(build)).toBe(
      lines("lake/pos has 1 problem", '  provider must be a provider of stack "lake", got the construct network/aws'),
    );
  });

  test("a provider of another cloud", () => {
    expect(failing((stack) => ({ provider: new GoogleProvider(stack, "google", {}) }))).toBe(
      lines("lake/pos has 1 problem", "  provider must be a provider of type aws, got the construct lake/google"),
    );
  });

  test.each(["aws.us", 3, {}])("%p instead of a provider", (provider) => {
    expect(failing(() => ({ provider }))).toBe(
      lines("lake/pos has 1 problem", `  provider must be a provider of type aws, got ${JSON.stringify(provider)}`),
    );
  });

  test.each(["Oregon", "us-west-2a", "", 2])("%p instead of a region, besides a wrong provider", (region) => {
    expect(failing(() => ({ region, provider: "aws.us" }))).toBe(
      lines(
        "lake/pos has 2 problems",
        `  region must be a region such as eu-west-1, got ${JSON.stringify(region)}`,
        '  provider must be a provider of type aws, got "aws.us"',
      ),
    );
  });
});
