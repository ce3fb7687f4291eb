import { buildSync } from "esbuild";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { build } from "../../examples/first-stack";
import { synthApp } from "../../lib/testing/synth";
import { compile, MODULES, reachedBy } from "./compiling";
import { consumerProject, packPackage, REPOSITORY, run, temporaryFolder, type Packed } from "./packed";

const CLOUDS = {
  aws: "@cdktf/provider-aws",
  azure: "@cdktf/provider-azurerm",
  google: "@cdktf/provider-google",
} as const;
type Cloud = keyof typeof CLOUDS;
const CLOUD_NAMES = Object.keys(CLOUDS) as Cloud[];

/** The README's first stack, as somebody would paste it. */
const FIRST_STACK = `${fs.readFileSync(path.join(REPOSITORY, "examples/first-stack.ts"), "utf8")}\nbuild().synth();\n`;

const GOOGLE_STACK = `import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { App, TerraformStack } from "cdktf";
import { StorageTier } from "cloud-conductor/storage";
import { GoogleBucket } from "cloud-conductor/storage/google";

const app = new App();
const stack = new TerraformStack(app, "first");
new GoogleProvider(stack, "google", { project: "acme", region: "europe-west1" });
new GoogleBucket(stack, "pos", { bucketName: "acme-pos", location: "europe-west1", lifecycle: [{ transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 90 }] }] });
app.synth();
`;

const RETRAINING_STACK = `const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { App, TerraformStack } = require("cdktf");
const { RetrainingLoop } = require("cloud-conductor/blueprints/retraining-loop/aws");

const app = new App();
const stack = new TerraformStack(app, "first");
new AwsProvider(stack, "aws", { region: "us-east-1" });
const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1";
new RetrainingLoop(stack, "loop", { training: { image }, prefix: "labelled/" });
app.synth();
`;

let folder: string;
let packed: Packed;
let aws: string;
let google: string;

beforeAll(() => {
  folder = temporaryFolder();
  packed = packPackage(folder);
  aws = consumerProject(folder, packed, [CLOUDS.aws]);
  google = consumerProject(folder, packed, [CLOUDS.google]);
}, 60_000);

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function write(project: string, file: string, text: string): string {
  fs.writeFileSync(path.join(project, file), text);
  return file;
}

/** What Terraform gets of the stack `first`, and its folder. */
interface Synthesised {
  readonly folder: string;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

function synthesised(project: string, file: string): Synthesised {
  const out = fs.mkdtempSync(path.join(project, "out-"));
  run(process.execPath, ["-e", `process.env.CDKTF_OUTDIR = ${JSON.stringify(out)}; import("./${file}")`], project);
  const stack = path.join(out, "stacks/first");
  return { ...(JSON.parse(fs.readFileSync(path.join(stack, "cdk.tf.json"), "utf8")) as Synthesised), folder: stack };
}

function typesIn(project: string, file: string): readonly string[] {
  return Object.keys(synthesised(project, file).resource).sort();
}

/** Import paths of the package, by the cloud in them. */
function entriesOf(cloud: Cloud | undefined): readonly string[] {
  const entries = packed.files.flatMap((file) => {
    const [, entry] = /^dist\/lib\/(.+?)(?:\/index)?\.js$/.exec(file) ?? [];
    const published = file.endsWith("/index.js") || /^dist\/lib\/blueprints\/[^/]+\/(aws|azure|google)\.js$/.test(file);
    return entry !== undefined && published ? [entry] : [];
  });
  const cloudIn = (entry: string): string | undefined => CLOUD_NAMES.find((name) => entry.endsWith(`/${name}`));
  return entries.filter((entry) => cloudIn(entry) === cloud && !entry.startsWith("testing/jest"));
}

describe("the tarball", () => {
  test("holds the library, the contracts it leans on, the zips of the handlers and the pages, and nothing else", () => {
    const kinds = [
      /^(package\.json|README\.md|LICENSE)$/,
      /^lib\/.*README\.md$/,
      /^dist\/lib\/.*\.(js|d\.ts)$/,
      /^dist\/lambda\/([^/]+\/contract|shared\/format\/.*)\.(js|d\.ts)$/,
      /^dist\/lambda\/[^/]+\.zip$/,
    ];
    expect(packed.files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([]);
  });

  test("has a zip for every handler", () => {
    const handlers = fs
      .readdirSync(path.join(REPOSITORY, "lambda"))
      .filter((name) => fs.existsSync(path.join(REPOSITORY, "lambda", name, "index.ts")));
    expect(packed.files.filter((file) => file.endsWith(".zip"))).toEqual(
      handlers.map((name) => `dist/lambda/${name}.zip`).sort(),
    );
  });

  test("names no folder of the machine that made it", () => {
    const installed = path.join(aws, "node_modules/cloud-conductor");
    const texts = packed.files.filter((file) => /\.(js|ts|json)$/.test(file));
    expect(texts.filter((file) => fs.readFileSync(path.join(installed, file), "utf8").includes(REPOSITORY))).toEqual(
      [],
    );
  });
});

describe("a consumer with the AWS provider alone", () => {
  const inRepository = Object.keys(synthApp(build).stack("first")["resource"] as object).sort();

  test("synthesises the first stack under module commonjs, and is told of a wrong prop; every entry has sound declarations", () => {
    const main = write(aws, "main.ts", FIRST_STACK);
    const wrong = write(aws, "wrong.ts", FIRST_STACK.replace("expireAfterDays: 730", 'expireAfterDays: "730"'));
    const all = [...entriesOf("aws"), ...entriesOf(undefined)];
    const whole = write(
      aws,
      "whole.ts",
      all.map((entry, at) => `export * as e${at} from "cloud-conductor/${entry}";\n`).join(""),
    );
    expect(compile(aws, [main, wrong, whole], MODULES.commonjs)).toEqual([
      "wrong.ts Type 'string' is not assignable to type 'number'.",
    ]);
    expect(typesIn(aws, "main.js")).toEqual(inRepository);
  });

  test("synthesises the first stack under module node16, as CommonJS and as an ES module", () => {
    const commonjs = write(aws, "main.cts", FIRST_STACK);
    const deep = FIRST_STACK.replace("@cdktf/provider-aws/lib/provider", "@cdktf/provider-aws/lib/provider/index.js");
    const module = write(aws, "main.mts", deep);
    expect(compile(aws, [commonjs, module], MODULES.node16)).toEqual([]);
    expect(typesIn(aws, "main.cjs")).toEqual(inRepository);
    expect(typesIn(aws, "main.mjs")).toEqual(inRepository);
  });

  test("synthesises the first stack with a bundler", () => {
    expect(compile(aws, [write(aws, "bundled.ts", FIRST_STACK)], MODULES.bundler)).toEqual([]);
    const [entry, outfile] = [path.join(aws, "bundled.js"), path.join(aws, "bundled.cjs")];
    const external = ["cdktf", "constructs", "@cdktf/*"];
    buildSync({ entryPoints: [entry], outfile, bundle: true, platform: "node", external });
    expect(typesIn(aws, "bundled.cjs")).toEqual(inRepository);
  });
});

describe("a bundled handler", () => {
  test("is found in the installed package and deployed as it was packed", () => {
    const { folder: stack, resource } = synthesised(aws, write(aws, "retraining.js", RETRAINING_STACK));
    const shipped = fs.readFileSync(path.join(aws, "node_modules/cloud-conductor/dist/lambda/retraining-trigger.zip"));
    const functions = Object.values(resource["aws_lambda_function"] ?? {});
    expect(functions.map((one) => one["source_code_hash"])).toEqual([
      createHash("sha256").update(shipped).digest("base64"),
    ]);
    expect(
      functions.map(({ filename }) => fs.readFileSync(path.join(stack, String(filename))).equals(shipped)),
    ).toEqual([true]);
  });
});

describe("a consumer with the Google provider alone", () => {
  test("synthesises a bucket", () => {
    expect(compile(google, [write(google, "main.ts", GOOGLE_STACK)], MODULES.commonjs)).toEqual([]);
    expect(typesIn(google, "main.js")).toContain("google_storage_bucket");
  });
});

describe("a consumer of one cloud", () => {
  function providersLoaded(project: string, entries: readonly string[]): readonly string[] {
    const script = `${entries.map((entry) => `require("cloud-conductor/${entry}");`).join("\n")}
      const names = Object.keys(require.cache).map((file) => /@cdktf.provider-[a-z]+/.exec(file)?.[0]).filter(Boolean);
      console.log(JSON.stringify([...new Set(names)]));`;
    return JSON.parse(run(process.execPath, ["-e", script], project)) as string[];
  }

  test.each([
    ["aws", () => aws],
    ["google", () => google],
  ] as const)("loads every entry of %s and no other provider", (cloud, project) => {
    expect(entriesOf(cloud)).toContain(`storage/${cloud}`);
    expect(providersLoaded(project(), entriesOf(cloud))).toEqual([CLOUDS[cloud]]);
  });

  test("loads no provider with what is neutral", () => {
    expect(entriesOf(undefined)).toEqual(expect.arrayContaining(["core", "storage", "testing"]));
    expect(providersLoaded(aws, entriesOf(undefined))).toEqual([]);
  });

  test.each([...CLOUD_NAMES, undefined])("reads declarations that name no other provider: %s", (cloud) => {
    const installed = path.join(aws, "node_modules/cloud-conductor/dist/lib");
    const named = entriesOf(cloud).flatMap((entry) => {
      const file = path.join(installed, entry);
      return reachedBy(fs.existsSync(`${file}.d.ts`) ? `${file}.d.ts` : path.join(file, "index.d.ts")).packages;
    });
    const providers = named
      .filter((name) => name.startsWith("@cdktf/"))
      .map((name) => name.split("/").slice(0, 2).join("/"));
    expect([...new Set(providers)].filter((name) => cloud === undefined || name !== CLOUDS[cloud])).toEqual([]);
  });
});
