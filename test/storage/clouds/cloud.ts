import { TerraformStack, type App, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { useEnvironment, type Environment } from "../../../lib/core/environment";
import type { Grant, Grantee, Principal } from "../../../lib/core/grant";
import type { PlacementProps } from "../../../lib/core/placement";
import type { BucketProps } from "../../../lib/storage/bucket";
import type { LifecycleRule } from "../../../lib/storage/lifecycle";
import type { NoncurrentVersions } from "../../../lib/storage/noncurrent";
import type { ObjectRetention } from "../../../lib/storage/retention";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";

/** One environment that declares all three clouds. */
export const PROD: Environment = {
  name: "prod",
  dataRemoval: "kept",
  tags: { costCenter: "Data 42" },
  aws: { accountId: "111122223333", region: "eu-west-1" },
  azure: {
    subscriptionId: "00000000-0000-0000-0000-000000000001",
    resourceGroupName: "rg-prod",
    location: "westeurope",
    tenantId: "00000000-0000-0000-0000-00000000000a",
  },
  google: { projectId: "acme-prod", projectNumber: "123456789012", region: "europe-west1" },
};

/** The environment's key to removing data is turned. */
export const DEV: Environment = { ...PROD, name: "dev", dataRemoval: "allowed" };

export type Verb = "read" | "write" | "delete";
export const VERBS: readonly Verb[] = ["read", "write", "delete"];

/** A bucket of any cloud, as the contract uses it. */
export interface AnyBucket {
  readonly path: string;
  readonly bucketName: string;
  grant(verb: Verb, to: Grantee<Principal>, prefix?: string): Grant;
}

/** What keeps the data of a bucket, read from what is rendered. */
export interface Guards {
  /** `lifecycle.prevent_destroy` of each stateful resource. */
  readonly preventDestroy: readonly boolean[];
  /** The cloud's own guards. */
  readonly native: Readonly<Record<string, unknown>>;
}

/** Parts of the common meaning that not every cloud has. */
export type Refusable = "id" | "tags" | "minimumSizeBytes" | "maximumSizeBytes" | "keepNewest" | "retention";

/** One cloud's edge, and how the common meaning is read back from its resources. */
export interface BucketCloud {
  /** As errors say it. */
  readonly name: string;
  /** What the stack needs before a bucket. */
  readonly provider: (stack: TerraformStack, alias?: string) => TerraformProvider;
  /** A provider's local name in Terraform. */
  readonly providerType: string;
  readonly make: (scope: Construct, id: string, props?: BucketProps & PlacementProps) => AnyBucket;
  readonly refer: (scope: Construct, id: string) => AnyBucket;
  readonly principal: (scope: Construct, id: string) => Grantee<Principal>;
  /** Public access is off, each way there is to open it. */
  readonly privacy: (template: Template) => unknown;
  readonly private: unknown;
  readonly encryption: (template: Template) => unknown;
  readonly encrypted: unknown;
  readonly versioning: (template: Template) => unknown;
  readonly versioned: unknown;
  /** What refuses an unencrypted connection; where there is none to refuse, nothing. */
  readonly transport: (template: Template) => unknown;
  readonly tlsOnly: unknown;
  readonly guards: (template: Template) => Guards;
  readonly kept: Guards;
  readonly removable: Guards;
  /** The user's rules, in the words they were written in. */
  readonly lifecycle: (template: Template) => readonly LifecycleRule[];
  /** What happens to noncurrent versions, in the words it was written in. */
  readonly versions: (template: Template) => NoncurrentVersions;
  /** For how long objects are locked, in the words it was written in. */
  readonly retention: (template: Template) => ObjectRetention | undefined;
  /** What the cloud has no word for, and the end of the error that says so. */
  readonly refused: Readonly<Partial<Record<Refusable, string>>>;
  readonly noncurrentDays: (template: Template) => unknown;
  /** Days after which incomplete uploads go, where the cloud is told. */
  readonly abortDays: (template: Template) => unknown;
  readonly tags: (template: Template) => unknown;
  readonly tagged: Readonly<Record<string, string>>;
  readonly nameOf: (template: Template) => unknown;
  readonly names: { readonly generated: string; readonly longest: number; readonly rule: string };
  /** Roles or actions by verb, and the condition that a prefix adds. */
  readonly granted: (template: Template) => unknown;
  readonly grants: Readonly<Record<Verb, { readonly whole: unknown; readonly below: unknown }>>;
  /** All addresses of a bucket and of a service that reads it. */
  readonly addresses: readonly string[];
}

/** A stack with the provider of one cloud and, unless told, the environment {@link PROD}. */
export function stackOn(
  cloud: Pick<BucketCloud, "provider">,
  app: App,
  id = "lake",
  environment: Environment = PROD,
): TerraformStack {
  const stack = new TerraformStack(app, id);
  cloud.provider(stack);
  useEnvironment(stack, environment);
  return stack;
}

/** The template of one such stack. */
export const templateOn = (
  cloud: Pick<BucketCloud, "provider">,
  build: (stack: TerraformStack) => unknown,
  environment: Environment = PROD,
): Template => Template.of(synthApp((app) => void build(stackOn(cloud, app, "lake", environment))).stack("lake"));
