import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Annotations, App, Aspects, AssetType, TerraformAsset, TerraformOutput, TerraformStack } from "cdktf";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../../lib/core/placeholder";
import { filesOf, synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { awsStack } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

const bucketApp = () => synthApp((app) => new S3Bucket(awsStack(app, "lake"), "raw", { bucket: "acme-raw" }));

describe("an app is synthesised as cdktf does", () => {
  test("with its stacks, sorted by name", () => {
    const app = synthApp((root) => ["b", "a", "c"].map((id) => awsStack(root, id)));
    expect(app.stackNames).toEqual(["a", "b", "c"]);
    expect(Object.keys(app.stack("a")).sort()).toEqual(["provider", "terraform"]);
  });

  test("without a single stack", () => {
    expect(synthApp(() => undefined).stackNames).toEqual([]);
  });

  test("with aspects", () => {
    const stack = synthApp((app) => {
      const lake = awsStack(app, "lake");
      const bucket = new S3Bucket(lake, "raw", {});
      Aspects.of(lake).add({ visit: (node) => node === bucket && bucket.addOverride("tags.Aspect", "was here") });
    }).stack("lake");
    expect(Template.of(stack).only(S3Bucket).get("tags.Aspect")).toBe("was here");
  });

  test("with validations", () => {
    const build = () =>
      synthApp((app) => {
        const stack = awsStack(app, "lake");
        stack.node.addValidation({ validate: () => ["too deep", "too cold"] });
      });
    expect(messageOf(build)).toBe(
      lines(
        "Validation failed with the following errors:",
        "  [lake] too deep",
        "  [lake] too cold",
        "",
        "If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.",
        "",
      ),
    );
  });

  test("with the validation that each resource has its provider", () => {
    expect(messageOf(() => synthApp((app) => new S3Bucket(new TerraformStack(app, "lake"), "raw", {})))).toBe(
      lines(
        "Validation failed with the following errors:",
        "  [lake] Found resources without a matching provider construct. Please make sure to add provider constructs [e.g. new RandomProvider(...)] to your stack 'lake' for the following providers: aws",
        "",
        "If you wish to ignore these validations, pass 'skipValidation: true' to your App configuration.",
        "",
      ),
    );
  });

  test("with the wiring between stacks", () => {
    const app = synthApp((root) => {
      const raw = new S3Bucket(awsStack(root, "storage"), "raw", {});
      new SqsQueue(awsStack(root, "ingest"), "queue", { name: raw.bucket });
    });
    expect([app.dependencies("ingest"), app.dependencies("storage")]).toEqual([["storage"], []]);
    expect(Template.of(app.stack("ingest")).only(SqsQueue).get("name")).toBe(
      "${data.terraform_remote_state.cross-stack-reference-input-storage.outputs.cross-stack-output-aws_s3_bucketrawbucket}",
    );
    expect(Template.of(app.stack("storage")).output("cross-stack-output-aws_s3_bucketrawbucket")).toBe(
      "${aws_s3_bucket.raw.bucket}",
    );
  });

  test("with handlers as one placeholder", () => {
    synthApp((app) => {
      expect(app.node.tryGetContext(PLACEHOLDER_HANDLERS)).toBe(true);
    });
  });

  test("twice with the same result", () => {
    expect(JSON.stringify(bucketApp().stack("lake"))).toBe(JSON.stringify(bucketApp().stack("lake")));
  });
});

describe("annotations", () => {
  const annotated = (annotate: (annotations: Annotations) => void) =>
    synthApp((app) => annotate(Annotations.of(new S3Bucket(awsStack(app, "lake"), "raw", {}))));

  test("are what constructs tell", () => {
    const app = annotated((annotations) => {
      annotations.addInfo("kept");
      annotations.addWarning("dear");
    });
    expect(app.annotations("lake")).toEqual([
      { constructPath: "lake/raw", level: "info", message: "kept" },
      { constructPath: "lake/raw", level: "warn", message: "dear" },
    ]);
  });

  test("that are errors make the synthesis fail", () => {
    expect(messageOf(() => annotated((annotations) => annotations.addError("public")))).toContain("[lake/raw] public");
  });
});

describe("a stack", () => {
  test("is stripped of what cdktf writes for itself", () => {
    expect(JSON.stringify(bucketApp().stack("lake"))).not.toContain('"//"');
    expect(bucketApp().stack("lake")["resource"]).toEqual({ aws_s3_bucket: { raw: { bucket: "acme-raw" } } });
  });

  test("has its provider versions and the working directory masked", () => {
    const { terraform } = bucketApp().stack("lake") as { terraform: Record<string, Record<string, unknown>> };
    expect(terraform["required_providers"]).toEqual({ aws: { source: "aws", version: "<version>" } });
    expect(terraform["backend"]).toEqual({ local: { path: "<cwd>/terraform.lake.tfstate" } });
  });

  test("has the hashes of its assets masked, and nothing else that looks like one", () => {
    const hash = "0123456789ABCDEF0123456789ABCDEF";
    const stack = synthApp((app) => {
      const lake = awsStack(app, "lake");
      const asset = new TerraformAsset(lake, "zip", { path: __filename, type: AssetType.FILE });
      new TerraformOutput(lake, "file", { value: asset.path });
      new TerraformOutput(lake, "hash", { value: hash });
    }).stack("lake");
    expect(Template.of(stack).outputs()).toEqual({ file: "assets/zip/<hash>/synth.test.ts", hash });
  });

  test("that is not there is an error that names those that are", () => {
    const app = synthApp((root) => ["lake-dev", "lake-prod"].map((id) => awsStack(root, id)));
    const message = 'There is no stack "lake" in the app; there is "lake-dev", "lake-prod".';
    for (const ask of [() => app.stack("lake"), () => app.annotations("lake"), () => app.dependencies("lake")])
      expect(messageOf(ask)).toBe(message);
    expect(messageOf(() => app.stack("constructor"))).toBe(
      'There is no stack "constructor" in the app; there is "lake-dev", "lake-prod".',
    );
    expect(messageOf(() => synthApp(() => undefined).stack("lake"))).toBe(
      'There is no stack "lake" in the app; there is none.',
    );
  });
});

describe("the files of a stack", () => {
  test("are the JSON as Terraform gets it, in a folder with its assets", () => {
    const files = filesOf(bucketApp().stack("lake"));
    expect([files.name, files.json]).toEqual([
      "lake",
      JSON.parse(fs.readFileSync(path.join(files.folder, "cdk.tf.json"), "utf8")),
    ]);
    expect(files.json["//"]).toEqual({
      metadata: { backend: "local", stackName: "lake", version: expect.any(String) as string },
      outputs: {},
    });
  });

  test("stand beside those of the other stacks, in a folder called as the stack", () => {
    const app = synthApp((root) => ["a", "b"].map((id) => awsStack(root, id)));
    const { folder } = filesOf(app.stack("a"));
    expect(path.basename(folder)).toBe("a");
    expect(filesOf(app.stack("b")).folder).toBe(path.join(folder, "../b"));
    expect(fs.readdirSync(path.join(folder, "../b"))).toEqual(["cdk.tf.json"]);
  });

  test("hold the assets", () => {
    const stack = synthApp((app) => {
      const asset = new TerraformAsset(awsStack(app, "lake"), "zip", { path: __filename, type: AssetType.FILE });
      new TerraformOutput(asset, "file", { value: asset.path, staticId: true });
    }).stack("lake");
    const { folder, json } = filesOf(stack);
    const { file } = json["output"] as { readonly file: { readonly value: string } };
    expect(fs.readFileSync(path.join(folder, file.value))).toEqual(fs.readFileSync(__filename));
  });

  test("are those of the object itself, not of a copy", () => {
    expect(messageOf(() => filesOf({ ...bucketApp().stack("lake") }))).toBe(
      "This is not a stack of synthApp(…).stack(name), or it was copied: pass the object itself.",
    );
  });

  test("go at once when the synthesis fails", () => {
    let outdir = "";
    const build = () =>
      synthApp((app) => {
        outdir = app.outdir;
        throw new Error("no");
      });
    expect(messageOf(build)).toBe("no");
    expect([path.dirname(outdir), fs.existsSync(outdir)]).toEqual([os.tmpdir(), false]);
  });

  test("go when the process ends", () => {
    const program = `
      const { synthApp, filesOf } = require(${JSON.stringify(bundled())});
      const { TerraformStack } = require("cdktf");
      for (const id of ["a", "b"]) {
        const app = synthApp((root) => new TerraformStack(root, id));
        const { folder } = filesOf(app.stack(id));
        console.log(JSON.stringify({ folder, there: require("node:fs").existsSync(folder) }));
      }
      process.exitCode = 3;`;
    const run = execFileSync(process.execPath, ["-e", `try { ${program} } finally { process.exitCode = 0 }`], {
      encoding: "utf8",
      cwd: path.resolve(__dirname, "../.."),
      timeout: 60_000,
    });
    const seen = run
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { folder: string; there: boolean });
    expect(seen.map(({ there }) => there)).toEqual([true, true]);
    expect(seen.map(({ folder }) => fs.existsSync(folder))).toEqual([false, false]);
  });
});

/** The library's own synthApp as a file that plain node runs. */
function bundled(): string {
  const root = path.resolve(__dirname, "../..");
  const file = path.join(root, "node_modules/.cache/synth-of-test.cjs");
  const esbuild = path.join(root, "node_modules/.bin/esbuild");
  const options = ["--bundle", "--packages=external", "--platform=node", `--outfile=${file}`, "--log-level=error"];
  execFileSync(esbuild, [path.join(root, "lib/testing/synth.ts"), ...options], { timeout: 60_000 });
  return file;
}

test("an asynchronous function is refused, because what it builds would be missing", () => {
  expect(messageOf(() => synthApp(() => Promise.resolve()))).toBe(
    "synthApp takes a synchronous function, got one that returns a promise.",
  );
});

test("an app is handed to the function", () => {
  synthApp((app) => {
    expect(App.isApp(app)).toBe(true);
  });
});
