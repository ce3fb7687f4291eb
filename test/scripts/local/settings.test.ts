import path from "node:path";
import { output } from "../../../scripts/local/stacks";
import { settingsFrom } from "../../../scripts/local/settings";

const ROOT = path.resolve("/project");

describe("settings", () => {
  test("have a standard for everything", () => {
    const settings = settingsFrom({ CLOUD_CONDUCTOR_AWS_PORT: "" }, ROOT);
    expect(settings.folder).toBe(path.join(ROOT, ".local-cloud"));
    expect(settings.synthesised).toBe(path.join(ROOT, "cdktf.out"));
    expect(settings.realProviders).toBe(path.resolve(ROOT, "../shared/real-providers"));
    expect(settings.ports).toEqual({ aws: 4566, sagemaker: 5005 });
    expect(settings.own).toEqual({ aws: undefined, sagemaker: undefined });
    expect([settings.python, settings.terraform]).toEqual(["python3", "terraform"]);
    expect(settings.patience.deployMs).toBe(600_000);
  });

  test("take what the user says", () => {
    const settings = settingsFrom(
      {
        CLOUD_CONDUCTOR_AWS_ENDPOINT: "https://localhost:4566/",
        CLOUD_CONDUCTOR_SAGEMAKER_ENDPOINT: "http://moto:5000",
        CLOUD_CONDUCTOR_AWS_PORT: "65535",
        CLOUD_CONDUCTOR_SAGEMAKER_PORT: "1",
        CLOUD_CONDUCTOR_PYTHON: "python3.12",
        CLOUD_CONDUCTOR_DEPLOY_SECONDS: "30",
        TERRAFORM_BINARY_NAME: "tofu",
        REAL_PROVIDERS: "/providers",
      },
      ROOT,
    );
    expect(settings.own).toEqual({ aws: "https://localhost:4566", sagemaker: "http://moto:5000" });
    expect(settings.ports).toEqual({ aws: 65_535, sagemaker: 1 });
    expect([settings.python, settings.terraform, settings.realProviders]).toEqual(["python3.12", "tofu", "/providers"]);
    expect(settings.patience.deployMs).toBe(30_000);
  });

  test("fail with every impossible value at once", () => {
    const variables = {
      CLOUD_CONDUCTOR_AWS_ENDPOINT: "https://s3.eu-west-1.amazonaws.com",
      CLOUD_CONDUCTOR_SAGEMAKER_ENDPOINT: "moto:5000",
      CLOUD_CONDUCTOR_AWS_PORT: "65536",
      CLOUD_CONDUCTOR_SAGEMAKER_PORT: "http",
      CLOUD_CONDUCTOR_DEPLOY_SECONDS: "1.5",
    };
    const endpoint = (name: string, value: string): string =>
      `${name} must be the http or https address of an emulator, never one of AWS itself, got "${value}". ` +
      "Without it, `npm run local` starts an emulator of its own.";
    expect(() => settingsFrom(variables, ROOT)).toThrow(
      new Error(
        [
          'CLOUD_CONDUCTOR_AWS_PORT must be a whole number from 1 to 65535, got "65536". Without it, it is 4566.',
          'CLOUD_CONDUCTOR_SAGEMAKER_PORT must be a whole number from 1 to 65535, got "http". Without it, it is 5005.',
          endpoint("CLOUD_CONDUCTOR_AWS_ENDPOINT", "https://s3.eu-west-1.amazonaws.com"),
          endpoint("CLOUD_CONDUCTOR_SAGEMAKER_ENDPOINT", "moto:5000"),
          'CLOUD_CONDUCTOR_DEPLOY_SECONDS must be a whole number from 1 to 3600, got "1.5". Without it, it is 600.',
        ].join("\n"),
      ),
    );
  });
});

describe("an output", () => {
  const stack = { name: "retraining-local", folder: "/stack", outputs: { queue_url: "https://queue", key: "arn" } };

  test("is read by its name", () => {
    expect(output(stack, "queue_url")).toBe("https://queue");
  });

  test("fails when the stack has none of that name", () => {
    expect(() => output(stack, "function_name")).toThrow(
      new Error(
        "stack retraining-local must have the output function_name, got the outputs queue_url, key. " +
          "Add it where the stack declares its outputs, in stacks/.",
      ),
    );
  });
});
