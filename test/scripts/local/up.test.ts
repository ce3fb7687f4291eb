import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import path from "node:path";
import { down } from "../../../scripts/local/down";
import { Interrupted } from "../../../scripts/local/failure";
import { freePort } from "../../../scripts/local/ports";
import type { LocalCloudSettings } from "../../../scripts/local/settings";
import { up } from "../../../scripts/local/up";
import { FakeMachine } from "./fake-machine";

/** A deploy that synthesises one stack and says what cdktf says. */
const DEPLOY = `
  const fs = require("node:fs"), path = require("node:path");
  const out = args[args.indexOf("--output") + 1];
  fs.mkdirSync(path.join(out, "stacks", "lake-local", ".terraform"), { recursive: true });
  const stack = { name: "lake-local", workingDirectory: "stacks/lake-local", dependencies: [] };
  fs.writeFileSync(path.join(out, "manifest.json"), JSON.stringify({ stacks: { "lake-local": stack } }));
  console.log("lake-local  Plan: 2 to add, 0 to change, 0 to destroy.");
  console.log("lake-local  aws_s3_bucket.b (b): Creation complete after 0s [id=b]");
`;

const HANG = "setInterval(() => undefined, 1000);";

let machine: FakeMachine;
let aws: http.Server;
let awsUrl: string;
let motoPort: number;

beforeEach(async () => {
  machine = new FakeMachine();
  machine.terraform();
  machine.python({});
  machine.cdktf(DEPLOY);
  aws = http.createServer((_, response) => response.end("{}"));
  await new Promise<void>((resolve) => aws.listen(0, "127.0.0.1", resolve));
  awsUrl = `http://127.0.0.1:${(aws.address() as net.AddressInfo).port}`;
  motoPort = await freePort();
  machine.variables["CLOUD_CONDUCTOR_AWS_ENDPOINT"] = awsUrl;
  machine.variables["CLOUD_CONDUCTOR_SAGEMAKER_PORT"] = String(motoPort);
});

afterEach(async () => {
  await down(machine.settings(), machine.run).catch(() => undefined);
  await new Promise((resolve) => aws.close(resolve));
  machine.remove();
});

const local = (patience?: Partial<LocalCloudSettings["patience"]>): Promise<void> =>
  up(machine.settings(patience), machine.run);

/** The process of the emulator that was started, if it still runs. */
function emulator(): number | undefined {
  const file = path.join(machine.root, ".local-cloud", "moto.json");
  if (!fs.existsSync(file)) return undefined;
  const { pid } = JSON.parse(fs.readFileSync(file, "utf8")) as { readonly pid: number };
  return pid;
}

const processLeft = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

test("deploys, leaves the cloud running, finds it again, and local:down stops it", async () => {
  await local();
  expect(await listens(motoPort)).toBe(true);
  expect(machine.told).toEqual([
    "Terraform 1.11.4",
    "Python 3.11.7, installing the emulators of requirements-local.txt into .local-cloud/venv (once)",
    "moto is ready, its log is .local-cloud/moto.log",
    "cdktf deploy '*-local', its output is .local-cloud/deploy.log",
    "resources created: lake-local 1 of 2",
    `AWS is ${awsUrl}, SageMaker is http://127.0.0.1:${motoPort}; they go on running`,
    "npm run local:down destroys the stacks and stops them",
  ]);
  const pid = emulator();
  await local();
  expect(emulator()).toBe(pid);
  expect(machine.told).toContain(`the local cloud is up already at ${awsUrl}`);
  await down(machine.settings(), machine.run);
  expect(await listens(motoPort)).toBe(false);
  expect(emulator()).toBeUndefined();
  expect(machine.told.slice(-2)).toEqual(["lake-local destroyed, 0 resources", "moto stopped"]);
});

test("hands terraform and cdktf the local endpoints and keys, and nothing of the user's account", async () => {
  Object.assign(machine.variables, { AWS_PROFILE: "prod", AWS_SESSION_TOKEN: "secret", NODE_OPTIONS: "--no-warnings" });
  const file = path.join(machine.root, "environment.json");
  machine.cdktf(`${DEPLOY}; fs.writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env));`);
  await local();
  const seen = JSON.parse(fs.readFileSync(file, "utf8")) as NodeJS.ProcessEnv;
  const names = Object.keys(seen).filter((name) => /^(AWS_|NODE_|TF_|CI$|CHECKPOINT)/.test(name));
  const folder = path.join(machine.root, ".local-cloud");
  expect(Object.fromEntries(names.map((name) => [name, seen[name]]))).toEqual({
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ENDPOINT_URL_SAGEMAKER: `http://127.0.0.1:${motoPort}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "5",
    AWS_CONFIG_FILE: path.join(folder, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "no-aws-credentials"),
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    TF_CLI_CONFIG_FILE: "",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
  });
});

describe("an emulator", () => {
  test("fails when its port is taken, before anything is installed", async () => {
    const squatter = net.createServer();
    await new Promise<void>((resolve) => squatter.listen(motoPort, "127.0.0.1", resolve));
    const message =
      `port ${motoPort} of 127.0.0.1, for moto, must be free, got EADDRINUSE. ` +
      "Stop what listens there (npm run local:down, if it is an older local cloud), or set CLOUD_CONDUCTOR_SAGEMAKER_PORT to another port.";
    await expect(local()).rejects.toThrow(new Error(message));
    await new Promise((resolve) => squatter.close(resolve));
    expect(machine.told).toEqual(["Terraform 1.11.4"]);
  });

  test("fails when it dies before it is ready", async () => {
    machine.python({ moto: `console.error("Traceback:\\n  boom"); process.exit(3);` });
    const failed = await local().catch((error: unknown) => error as Error);
    expect((failed as Error).message.replace(/process \d+/, "process 1")).toBe(
      'moto (process 1) must run as long as the local cloud, got exit code 3, its log ends "Traceback: | boom". ' +
        `Read ${machine.log("moto")}.`,
    );
  });

  test("fails when it does not answer, and is stopped", async () => {
    machine.python({ moto: `console.log("waiting for nothing"); ${HANG}` });
    await expect(local({ readyMs: 1_500 })).rejects.toThrow(
      new Error(
        `moto at http://127.0.0.1:${motoPort} must answer within 1.5 s, got no answer, its log ends "waiting for nothing". ` +
          `Read ${machine.log("moto")}.`,
      ),
    );
    expect(emulator()).toBeUndefined();
  });

  test("ends the deploy when it dies during it", async () => {
    machine.python({
      moto: `require("node:http").createServer((_, response) => response.end("{}")).listen(Number(args[5]), "127.0.0.1");
             const end = () => fs.existsSync(${JSON.stringify(machine.root)} + "/deploying") && process.kill(process.pid, "SIGKILL");
             setInterval(end, 50);`,
    });
    machine.cdktf(
      `require("node:fs").writeFileSync(${JSON.stringify(machine.root)} + "/deploying", String(process.pid)); ${HANG}`,
    );
    const failed = await local().catch((error: unknown) => error as Error);
    expect((failed as Error).message.replace(/process \d+/, "process 1")).toBe(
      "moto (process 1) must run as long as the local cloud, got the end by SIGKILL, its log ends no output. " +
        `Read ${machine.log("moto")}.`,
    );
    expect(processLeft(Number(fs.readFileSync(path.join(machine.root, "deploying"), "utf8")))).toBe(false);
  });

  test("of the user's own fails when it does not answer", async () => {
    const port = await freePort();
    machine.variables["CLOUD_CONDUCTOR_AWS_ENDPOINT"] = `http://127.0.0.1:${port}`;
    await expect(local({ questionMs: 1_000 })).rejects.toThrow(
      new Error(
        `CLOUD_CONDUCTOR_AWS_ENDPOINT http://127.0.0.1:${port} must answer over HTTP, got no answer within 1 s. ` +
          "Start that emulator first.",
      ),
    );
    expect(await listens(motoPort)).toBe(false);
  });

  test("over TLS fails when no certificate can be written", async () => {
    delete machine.variables["CLOUD_CONDUCTOR_AWS_ENDPOINT"];
    machine.variables["CLOUD_CONDUCTOR_AWS_PORT"] = String(await freePort());
    const venv = path.join(machine.root, ".local-cloud", "venv");
    await expect(local()).rejects.toThrow(
      new Error(
        `${venv}/bin/python certificate.py must write a certificate for 127.0.0.1, ` +
          `got exit code 1 after "cannot write a certificate". Remove ${venv}, so that it is made anew.`,
      ),
    );
  });
});

describe("a deploy that fails stops what was started and", () => {
  const expectFailure = async (message: string, patience?: Partial<LocalCloudSettings["patience"]>): Promise<void> => {
    await expect(local(patience)).rejects.toThrow(new Error(message));
    expect(emulator()).toBeUndefined();
    expect(await listens(motoPort)).toBe(false);
  };

  test("says that cdktf is missing", async () => {
    fs.rmSync(path.join(machine.root, "node_modules"), { recursive: true });
    await expectFailure(`cdktf deploy '*-local' must succeed, got no such program in PATH ${searched()}. Run npm ci.`);
  });

  test("says that the provider is missing", async () => {
    machine.cdktf(`console.log(${JSON.stringify(NO_PROVIDER)}); process.exit(1);`);
    await expectFailure(
      "terraform init must find the provider hashicorp/aws, got " +
        '"Error: Failed to query available provider packages Could not retrieve the list of available versions for provider ' +
        'hashicorp/aws: provider registry.terraform.io/hashicorp/aws was not found in any of the search locations - /mirror". ' +
        "Let it reach registry.terraform.io, or name a configuration with a mirror in TF_CLI_CONFIG_FILE.",
    );
  });

  test("shows the first error of Terraform", async () => {
    machine.cdktf(`console.log(${JSON.stringify(BAD_BUCKET)}); process.exit(1);`);
    await expectFailure(
      `cdktf deploy '*-local' must succeed, got "Error: creating S3 Bucket (x): api error InvalidBucketName with aws_s3_bucket.b (b),". ` +
        `Read ${machine.log("deploy")}.`,
    );
  });

  test("shows the error of the synthesis, without its stack trace", async () => {
    machine.cdktf(
      `console.error("[ERROR] default - ConstructValidationError: lake-local/pos has 1 problem\\n  bucketName must be short, got 7\\n    at f (main.cjs:1:2)"); process.exit(1);`,
    );
    await expectFailure(
      `cdktf deploy '*-local' must succeed, got "ConstructValidationError: lake-local/pos has 1 problem bucketName must be short, got 7". ` +
        `Read ${machine.log("deploy")}.`,
    );
  });

  test("shows the last lines where there is no error among them", async () => {
    machine.cdktf(`console.log("one\\ntwo\\nthree\\nfour"); process.exit(7);`);
    await expectFailure(
      `cdktf deploy '*-local' must succeed, got exit code 7 after "two | three | four". Read ${machine.log("deploy")}.`,
    );
  });

  test("says that it took too long", async () => {
    machine.cdktf(`console.log("aws_sqs_queue.q: Still creating..."); ${HANG}`);
    await expectFailure(
      `cdktf deploy '*-local' must end within 1.5 s, got "aws_sqs_queue.q: Still creating..." last. ` +
        `Read ${machine.log("deploy")}; CLOUD_CONDUCTOR_DEPLOY_SECONDS gives it more time.`,
      { deployMs: 1_500 },
    );
  });

  test("is over when the user interrupts it", async () => {
    machine.cdktf(HANG);
    setTimeout(() => machine.run.abort.abort(new Interrupted("SIGINT")), 1_500).unref();
    await expectFailure("interrupted by SIGINT");
  });

  test("says that a stack does not tell its outputs", async () => {
    machine.program(
      "terraform",
      `if (args[0] === "version") console.log('{"terraform_version":"1.11.4"}');
       else { console.error("Error: no state"); process.exit(1); }`,
    );
    await expectFailure(
      `terraform output in ${machine.root}/cdktf.out/stacks/lake-local must print the outputs of the stack, ` +
        'got exit code 1 after "Error: no state". Run npm run local:down, then npm run local again.',
    );
  });
});

test("local:down stops the emulators although the stacks cannot be destroyed, and says so", async () => {
  await local();
  machine.program(
    "terraform",
    `if (args[0] === "destroy") { console.error("Error: no way"); process.exit(1); } console.log("{}");`,
  );
  await expect(down(machine.settings(), machine.run)).rejects.toThrow(
    new Error(
      'terraform destroy of lake-local must succeed, got exit code 1 after "Error: no way". ' +
        `Run it in ${machine.root}/cdktf.out/stacks/lake-local, or let npm run local:down stop the emulators: they keep nothing.`,
    ),
  );
  expect(await listens(motoPort)).toBe(false);
  expect(machine.told.at(-1)).toBe("moto stopped");
});

test("local:down has nothing to do where nothing runs", async () => {
  delete machine.variables["CLOUD_CONDUCTOR_AWS_ENDPOINT"];
  await down(machine.settings(), machine.run);
  expect(machine.told).toEqual(["no emulator was running"]);
});

const searched = (): string => `${path.dirname(process.execPath)}${path.delimiter}${machine.bin}`;

const NO_PROVIDER = `lake-local  Initializing provider plugins...
            - Finding hashicorp/aws versions matching "6.25.0"...

            Error: Failed to query available provider packages

            Could not retrieve the list of available versions for provider hashicorp/aws:
            provider registry.terraform.io/hashicorp/aws was not found in any of the search
            locations

              - /mirror


0 Stacks deploying     0 Stacks done     2 Stacks waiting
Error: terraform init failed with exit code 1`;

const BAD_BUCKET = `lake-local  aws_s3_bucket.b (b): Creating...

            Error: creating S3 Bucket (x): api error InvalidBucketName

lake-local  with aws_s3_bucket.b (b),
              on cdk.tf.json line 38, in resource.aws_s3_bucket.b (b):
              38:       }

0 Stacks deploying     1 Stacks done     0 Stacks waiting
Invoking Terraform CLI failed with exit code 1`;
