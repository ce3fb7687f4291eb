import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { LocalBackend, S3Backend, TerraformOutput, type TerraformStack } from "cdktf";
import { DataRemoval } from "../lib/core/data-removal";
import { environmentFact, useEnvironment } from "../lib/core/environment";
import type { Cloud } from "../lib/core/placement";
import type { PlatformEnvironment } from "./environments/environment";

/** What every stack of the platform begins with: its environment, its state and the providers of its clouds. */
export function foundation(stack: TerraformStack, environment: PlatformEnvironment, clouds: readonly Cloud[]): void {
  useEnvironment(stack, environment, { route: { actionsFor: () => [environment.onCallTopicArn] } });
  keepState(stack, environment);
  for (const cloud of clouds) PROVIDERS[cloud](stack, environment);
}

/** The construct's key to removing data, turned where the environment turns its own. */
export const dataRemovalIn = ({ dataRemoval }: PlatformEnvironment): DataRemoval =>
  dataRemoval === "allowed" ? DataRemoval.DESTROY : DataRemoval.KEEP;

/** Relative to the stack's folder in `cdktf.out/stacks`, where Terraform runs. */
const STATE_FOLDER = "../../../.terraform-state";

function keepState(stack: TerraformStack, { name, backend }: PlatformEnvironment): void {
  if (backend.kind === "file") {
    new LocalBackend(stack, { path: `${STATE_FOLDER}/${stack.node.id}.tfstate` });
    return;
  }
  const key = `cloud-conductor/${name}/${stack.node.id}.tfstate`;
  const state = new S3Backend(stack, { bucket: backend.bucket, region: backend.region, key, encrypt: true });
  // the argument is younger than the binding: https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
  state.addOverride("use_lockfile", true);
}

const PROVIDERS: Record<Cloud, (stack: TerraformStack, environment: PlatformEnvironment) => void> = {
  aws: (stack, { emulated }) => {
    const region = environmentFact(stack, "aws.region", ({ aws }) => aws?.region);
    new AwsProvider(stack, "aws", { region, ...(emulated && { s3UsePathStyle: true }) });
  },
  azure: (stack) => {
    const subscriptionId = environmentFact(stack, "azure.subscriptionId", ({ azure }) => azure?.subscriptionId);
    new AzurermProvider(stack, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      subscriptionId,
      storageUseAzuread: true,
    });
  },
  google: (stack) => {
    const project = environmentFact(stack, "google.projectId", ({ google }) => google?.projectId);
    const region = environmentFact(stack, "google.region", ({ google }) => google?.region);
    new GoogleProvider(stack, "google", { project, region });
  },
};

/** An output under exactly this name: what scripts and other tools read with `terraform output -json`. */
export function outputs(stack: TerraformStack, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) new TerraformOutput(stack, name, { value, staticId: true });
}
