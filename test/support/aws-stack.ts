import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, type App } from "cdktf";
import { useEnvironment, type Environment, type EnvironmentOptions } from "../../lib/core/environment";
import type { IncidentRoute } from "../../lib/core/incident-route";
import { AwsRole } from "../../lib/identity/aws/role";
import { trustService } from "../../lib/identity/aws/trust";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

export const ACCOUNT = "123456789012";
export const OTHER_ACCOUNT = "999999999999";

/** Data is kept. */
export const PROD: Environment = {
  name: "prod",
  dataRemoval: "kept",
  tags: { costCenter: "Data 42" },
  aws: { accountId: ACCOUNT, region: "eu-west-1" },
};

/** The environment's key to removing data is turned. */
export const DEV: Environment = { ...PROD, name: "dev", dataRemoval: "allowed" };

export const ONCALL: IncidentRoute = {
  actionsFor: (severity) => [`arn:aws:sns:eu-west-1:${ACCOUNT}:oncall-${severity}`],
};

/** A stack with a provider and, when given, an environment. */
export function awsStack(
  app: App,
  id: string,
  environment?: Environment,
  options: EnvironmentOptions = {},
): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  if (environment) useEnvironment(stack, environment, options);
  return stack;
}

/** The template of one stack, with the environment of {@link PROD} unless told. */
export const templateOf = (
  build: (stack: TerraformStack) => unknown,
  environment: Environment | "undeclared" = PROD,
  options: EnvironmentOptions = {},
): Template => {
  const declared = environment === "undeclared" ? undefined : environment;
  return Template.of(synthApp((app) => build(awsStack(app, "lake", declared, options))).stack("lake"));
};

export const functionRole = (stack: TerraformStack, id = "role"): AwsRole =>
  new AwsRole(stack, id, { trust: trustService("lambda.amazonaws.com") });
