import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../../../lib/core/environment";
import { synthApp, type SynthesisedStack } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { messageOf } from "../../support/messages";
import { PROD, stackOn } from "../../storage/clouds/cloud";

/** The providers of all three clouds. */
export const THREE = {
  provider: (stack: TerraformStack): GoogleProvider => {
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new AzurermProvider(stack, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    return new GoogleProvider(stack, "google", { project: "acme-prod", region: "europe-west1" });
  },
};

/** One stack that stands on all of them. */
export const stackOf = (build: (stack: TerraformStack) => unknown, environment: Environment = PROD): SynthesisedStack =>
  synthApp((app) => void build(stackOn(THREE, app, "lake", environment))).stack("lake");
export const on = (build: (stack: TerraformStack) => unknown, environment?: Environment): Template =>
  Template.of(stackOf(build, environment));
export const errorOf = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthApp((app) => void build(stackOn(THREE, app))));
