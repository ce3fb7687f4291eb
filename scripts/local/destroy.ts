import {
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  S3Client,
  type ListObjectVersionsCommandOutput,
} from "@aws-sdk/client-s3";
import fs from "node:fs";
import type { CloudAddress } from "./address";
import { clientSettings } from "./clients";
import { LocalCloudError } from "./failure";
import { described } from "./run-command";
import { stateFile } from "./settings";
import { synthesisedStacks, terraformIn, type SynthesisedStack, type Workbench } from "./stacks";

/**
 * Destroys the local stacks as they were deployed: no synthesis, so that it works while the code of the stacks does not.
 * A stack goes before those that it leans on; what is independent goes side by side.
 *
 * @throws LocalCloudError when Terraform cannot destroy one
 */
export async function destroy(bench: Workbench, address: CloudAddress): Promise<void> {
  let left = synthesisedStacks(bench.settings).filter(({ folder }) => fs.existsSync(`${folder}/.terraform`));
  const s3 = new S3Client(clientSettings(address));
  try {
    while (left.length > 0) {
      const needed = new Set(left.flatMap(({ dependencies }) => dependencies));
      const now = left.filter(({ name }) => !needed.has(name));
      await Promise.all(now.map((stack) => destroyStack(stack, s3, bench)));
      left = left.filter((stack) => !now.includes(stack));
    }
  } finally {
    s3.destroy();
  }
}

async function destroyStack({ name, folder }: SynthesisedStack, s3: S3Client, bench: Workbench): Promise<void> {
  const { settings, environment, run } = bench;
  for (const bucket of bucketsOf(stateFile(settings, name))) await deleteEncodedKeys(bucket, s3);
  let count = 0;
  const args = ["destroy", "-auto-approve", "-no-color", "-input=false", "-refresh=false", "-parallelism=40"];
  const outcome = await terraformIn(folder, args, settings.patience.destroyMs, bench, (line) => {
    if (line.includes(": Destruction complete after ")) count += 1;
  });
  if (outcome.kind !== "exit" || outcome.code !== 0) {
    throw new LocalCloudError({
      where: `terraform destroy of ${name}`,
      rule: "succeed",
      value: described(outcome, environment),
      remedy: `Run it in ${folder}, or let npm run local:down stop the emulators: they keep nothing.`,
    });
  }
  run.progress(`${name} destroyed, ${count} resources`);
}

/** Names of the buckets of a stack, from its state. */
function bucketsOf(file: string): readonly string[] {
  if (!fs.existsSync(file)) return [];
  const { resources = [] } = JSON.parse(fs.readFileSync(file, "utf8")) as State;
  const buckets = resources.filter(({ mode, type }) => mode === "managed" && type === "aws_s3_bucket");
  return buckets.flatMap(({ instances }) => instances.map(({ attributes }) => String(attributes["bucket"])));
}

interface State {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/**
 * Deletes the versions that the provider's `force_destroy` tries for ever: it asks for encoded keys, MiniStack 1.5.33
 * lists them as they are, and a `+` or `%41` becomes another key on the way back.
 */
async function deleteEncodedKeys(bucket: string, s3: S3Client): Promise<void> {
  let next: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {};
  while (next !== undefined) {
    const page: ListObjectVersionsCommandOutput = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, ...next }),
    );
    const encoded = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      .filter(({ Key = "" }) => /[+%]/.test(Key))
      .map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (encoded.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: encoded } }));
    const more = page.IsTruncated === true;
    next = more ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
}
