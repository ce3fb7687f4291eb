/** The function as it is shipped: bundled, minified, its schemas compiled ahead, run by Node against servers that answer. */
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { variables } from "../../../lambda/retraining-trigger/contract";
import { renderEnvironment } from "../../../lambda/shared/format/environment";
import { contractSchemas } from "../../../scripts/bundle/contract-schemas";
import { BUNDLE_OPTIONS } from "../../../scripts/bundle/options";
import { environment } from "../support/environment";
import { objectCreated, queue } from "../support/events";
import { json, Loopback, type Received, type Responder } from "../support/loopback";

const root = path.resolve(__dirname, "../../..");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "retraining-trigger-"));
const bundle = path.join(folder, "index.js");

/** Invokes the handler once and prints the answer as the last line. */
const driver = `
  const { handler } = require(process.argv[1]);
  const context = { awsRequestId: "request-1", functionName: "trigger", getRemainingTimeInMillis: () => 300000 };
  handler(JSON.parse(process.argv[2]), context).then((answer) => console.log(JSON.stringify({ answer })));
`;

beforeAll(async () => {
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    mainFields: [...BUNDLE_OPTIONS.mainFields],
    sourcemap: false,
    absWorkingDir: root,
    entryPoints: ["lambda/retraining-trigger/index.ts"],
    outfile: bundle,
    plugins: [contractSchemas(root)],
  });
  fs.writeFileSync(bundle, outputFiles[0]?.contents ?? "");
}, 30_000);

afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

const run = (event: unknown, variablesOfRun: Readonly<Record<string, string>>): Promise<{ readonly stdout: string }> =>
  promisify(execFile)(process.execPath, ["--no-warnings", "-e", driver, bundle, JSON.stringify(event)], {
    env: {
      PATH: process.env["PATH"],
      AWS_REGION: "us-west-2",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_LAMBDA_FUNCTION_NAME: "acme-trigger",
      ...variablesOfRun,
    },
    timeout: 20_000,
  });

const operationOf = ({ headers, method, path: url }: Received): string =>
  typeof headers["x-amz-target"] === "string" ? (headers["x-amz-target"].split(".")[1] ?? "") : `${method} ${url}`;

/** All four services at once: whatever is put waits, everything else succeeds. */
function services(): Responder {
  let waiting: unknown;
  return (request) => {
    const operation = operationOf(request);
    if (operation === "TransactWriteItems") {
      const { TransactItems } = JSON.parse(request.body) as {
        readonly TransactItems: readonly { Put: { Item: unknown } }[];
      };
      waiting = TransactItems[1]?.Put.Item;
    }
    return json(
      operation === "Query"
        ? { Items: [waiting] }
        : operation === "ListTrainingJobs"
          ? { TrainingJobSummaries: [] }
          : {},
    );
  };
}

test("an object becomes a job, step by step, and is logged and counted", async () => {
  const server = await Loopback.start(services());
  try {
    const rendered = renderEnvironment(variables, environment);
    const { stdout } = await run(queue(objectCreated()), { ...rendered, AWS_ENDPOINT_URL: server.endpoint });
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toEqual({ answer: { batchItemFailures: [] } });
    expect(lines.map((line) => line["message"] ?? line["JobsStarted"])).toEqual([
      "object recorded",
      "training job started",
      1,
      undefined,
    ]);
    expect(lines[2]).toMatchObject({ service: "acme-trigger", ObjectsRecorded: 1, JobsStarted: 1 });
    const jobName = String(lines[1]?.["jobName"]);
    expect(jobName).toMatch(/^retrain-labelled-[0-9a-f]{12}$/);
    expect(server.requests.map(operationOf)).toEqual([
      "TransactWriteItems",
      "GetItem",
      "Query",
      "ListTrainingJobs",
      "PutItem",
      "Query",
      `PUT /acme-labels/manifests/${jobName}.manifest?x-id=PutObject`,
      "CreateTrainingJob",
      "PutItem",
      "UpdateItem",
      "DeleteItem",
      "PutItem",
    ]);
    expect(server.requests[6]?.body).toBe('[{"prefix":"s3://acme-labels/raw/labelled/"},"a.csv"]');
  } finally {
    await server.stop();
  }
});

test("without its environment it does not start, and says in one error what is missing", async () => {
  await expect(run({}, {})).rejects.toThrow(
    [
      "EnvironmentError: the environment of retraining-trigger has 12 problems",
      "  SOURCE_BUCKET must be a bucket name",
      "  STATE_TABLE must be a table name",
      "  MANIFEST_BUCKET must be a bucket name",
    ].join("\n"),
  );
});

test("a training job that the schema refuses stops it in the bundle as under test", async () => {
  const rendered = renderEnvironment(variables, environment);
  await expect(run({}, { ...rendered, TRAINING_JOB: "{}" })).rejects.toThrow(
    "TRAINING_JOB must have required property 'imageUri'",
  );
});

test("carries no compiler of schemas and evaluates no text", () => {
  const code = fs.readFileSync(bundle, "utf8");
  expect(code).not.toMatch(/new Function\(|\beval\(|addVocabulary/);
  expect(code.length).toBeLessThan(800_000);
});
