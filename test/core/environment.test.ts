import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  environmentFact,
  environmentOf,
  environmentProvider,
  routeOf,
  stackId,
  useEnvironment,
  type Environment,
} from "../../lib/core/environment";
import { synthApp } from "../../lib/testing/synth";
import { DEV, ONCALL, PROD } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

const inStack = (run: (stack: TerraformStack) => void) =>
  synthApp((app) => {
    const stack = new TerraformStack(app, "lake");
    new AwsProvider(stack, "aws", {});
    run(stack);
  });

describe("the nearest declaration counts", () => {
  test("of the stack, of a subtree, of the app", () => {
    synthApp((app) => {
      useEnvironment(app, { ...PROD, name: "app" });
      const stack = new TerraformStack(app, "lake");
      expect(environmentOf(stack)?.name).toBe("app");
      useEnvironment(stack, PROD);
      const zone = new Construct(stack, "zone");
      const inner = new Construct(zone, "inner");
      useEnvironment(zone, DEV);
      expect([stack, zone, inner].map((one) => environmentOf(one)?.name)).toEqual(["prod", "dev", "dev"]);
    });
  });

  test("and a later one of the same scope replaces it", () => {
    inStack((stack) => {
      useEnvironment(stack, PROD);
      useEnvironment(stack, DEV);
      expect(environmentOf(stack)).toBe(DEV);
    });
  });

  test("with the objects that belong to it", () => {
    inStack((stack) => {
      const awsProvider = new AwsProvider(stack, "other", { alias: "other" });
      useEnvironment(stack, PROD, { route: ONCALL, awsProvider });
      const zone = new Construct(stack, "zone");
      expect([routeOf(zone), environmentProvider(zone, "aws")]).toEqual([ONCALL, awsProvider]);
      expect(environmentProvider(zone, "google")).toBeUndefined();
      useEnvironment(zone, DEV);
      expect([routeOf(zone), environmentProvider(zone, "aws")]).toEqual([undefined, undefined]);
    });
  });

  test("and there may be none", () => {
    inStack((stack) => {
      expect([environmentOf(stack), routeOf(stack), environmentProvider(stack, "aws")]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });
  });
});

test("a construct knows its stack", () => {
  inStack((stack) => {
    expect(stackId(new Construct(stack, "zone"))).toBe("lake");
  });
});

describe("a fact", () => {
  const region = (scope: Construct) => environmentFact(scope, "aws.region", ({ aws }) => aws?.region);

  test("is read from the nearest environment", () => {
    inStack((stack) => {
      useEnvironment(stack, PROD);
      expect(region(new Construct(stack, "pos"))).toBe("eu-west-1");
    });
  });

  test("that the environment lacks is an error that names it", () => {
    inStack((stack) => {
      useEnvironment(stack, { name: "dev", dataRemoval: "kept" });
      expect(messageOf(() => region(new Construct(stack, "pos")))).toBe(
        lines(
          "lake/pos has 1 problem",
          '  environment.aws.region must be declared with useEnvironment(…) on the stack or above the construct, got an environment "dev" without it',
        ),
      );
    });
  });

  test("without an environment is an error that says so", () => {
    inStack((stack) => {
      expect(messageOf(() => region(new Construct(stack, "pos")))).toBe(
        lines(
          "lake/pos has 1 problem",
          "  environment.aws.region must be declared with useEnvironment(…) on the stack or above the construct, got no environment",
        ),
      );
    });
  });
});

describe("fails on", () => {
  const declared = (environment: unknown) =>
    messageOf(() => inStack((stack) => useEnvironment(stack, environment as Environment)));

  test("every wrong value at once", () => {
    const message = declared({
      name: "",
      dataRemoval: "yes",
      aws: { accountId: "1234", region: "Ireland" },
      google: { projectId: "P", projectNumber: "one", region: "" },
      azure: { subscriptionId: "none", resourceGroupName: "data.", location: "West Europe", tenantId: "acme" },
      tags: { "Cost Center": "42" },
    });
    expect(message).toBe(
      lines(
        "lake has 12 problems",
        '  environment.name must be 1-63 letters, digits, underscores or hyphens, got ""',
        '  environment.dataRemoval must be one of "kept", "allowed", got "yes"',
        '  environment.aws.accountId must be 12 digits, got "1234"',
        '  environment.aws.region must be a region such as eu-west-1, got "Ireland"',
        '  environment.google.projectId must be 6-30 lower-case letters, digits or hyphens, a letter first, got "P"',
        '  environment.google.projectNumber must be digits, got "one"',
        '  environment.google.region must be a location such as us-central1, got ""',
        '  environment.azure.subscriptionId must be a UUID, got "none"',
        '  environment.azure.resourceGroupName must be 1-90 letters, digits or any of _().- without a dot last, got "data."',
        '  environment.azure.location must be a location such as westeurope, got "West Europe"',
        '  environment.azure.tenantId must be a UUID, got "acme"',
        '  environment.tags must be keyed in camelCase letters and digits, at most 63 characters as in "cost center", got "Cost Center"',
      ),
    );
  });

  test("a token where names and policies are made of it", () => {
    const accountId = Lazy.stringValue({ produce: () => "123456789012" });
    expect(declared({ ...PROD, aws: { accountId, region: "eu-west-1" } })).toBe(
      lines(
        "lake has 1 problem",
        "  environment.aws.accountId must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
      ),
    );
  });

  test.each([
    [undefined, "undefined"],
    [null, "null"],
    ["prod", '"prod"'],
    [[3], "[3]"],
  ])("%p instead of an environment", (environment, got) => {
    expect(declared(environment)).toBe(lines("lake has 1 problem", `  environment must be an object, got ${got}`));
  });

  test("a cloud that is no object", () => {
    expect(declared({ ...PROD, aws: "123456789012", google: null })).toBe(
      lines(
        "lake has 2 problems",
        '  environment.aws must be an object, got "123456789012"',
        "  environment.google must be an object, got null",
      ),
    );
  });
});
