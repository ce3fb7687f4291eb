import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { synthApp, type SynthesisedStack } from "../../../lib/testing/synth";

/** A stack `small` in eu-west-1 with what `build` puts into it. */
export const smallStack = (build: (stack: TerraformStack) => void): SynthesisedStack =>
  synthApp((app) => {
    const stack = new TerraformStack(app, "small");
    new AwsProvider(stack, "aws", { region: "eu-west-1", defaultTags: [{ tags: { team: "data" } }] });
    build(stack);
  }).stack("small");
