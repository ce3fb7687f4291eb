import fs from "node:fs";
import path from "node:path";
import type { LocalCloudSettings } from "../../../scripts/local/settings";
import { emulatorPython } from "../../../scripts/local/python";
import { terraformConfiguration, terraformVersion } from "../../../scripts/local/terraform";
import { FakeMachine } from "./fake-machine";

let machine: FakeMachine;

beforeEach(() => {
  machine = new FakeMachine();
});

afterEach(() => {
  machine.remove();
});

describe("terraform", () => {
  const version = (patience?: Partial<LocalCloudSettings["patience"]>): Promise<string> =>
    terraformVersion(machine.settings(patience), machine.run);

  test("says its version", async () => {
    machine.terraform();
    await expect(version()).resolves.toBe("1.11.4");
  });

  test("fails when it is missing", async () => {
    await expect(version()).rejects.toThrow(
      new Error(
        `terraform must answer \`version -json\` with a version of Terraform, got no such program in PATH ${machine.bin}. ` +
          "Install Terraform 1.10 or later, or name its program in TERRAFORM_BINARY_NAME.",
      ),
    );
  });

  test("fails when it fails, under the name that the user gives", async () => {
    machine.program("tofu", `console.error("loader:\\n\\n  libc is too old"); process.exit(3);`);
    machine.variables["TERRAFORM_BINARY_NAME"] = "tofu";
    await expect(version()).rejects.toThrow(
      new Error(
        'tofu must answer `version -json` with a version of Terraform, got exit code 3 after "loader: | libc is too old". ' +
          "Install Terraform 1.10 or later, or name its program in TERRAFORM_BINARY_NAME.",
      ),
    );
  });

  test("fails when it says something else", async () => {
    machine.program("terraform", `console.log("{}");`);
    await expect(version()).rejects.toThrow(
      new Error(
        'terraform must answer `version -json` with a version of Terraform, got exit code 0 after "{}". ' +
          "Install Terraform 1.10 or later, or name its program in TERRAFORM_BINARY_NAME.",
      ),
    );
  });

  test("fails when it does not end", async () => {
    machine.program("terraform", `setInterval(() => undefined, 1000);`);
    await expect(version({ questionMs: 500 })).rejects.toThrow(
      new Error(
        "terraform must answer `version -json` with a version of Terraform, got no end within 0.5 s after no output. " +
          "Install Terraform 1.10 or later, or name its program in TERRAFORM_BINARY_NAME.",
      ),
    );
  });
});

describe("the configuration of Terraform", () => {
  const mirror = (body: string): string => {
    fs.writeFileSync(path.join(machine.root, "plan.mjs"), body);
    machine.variables["REAL_PROVIDERS"] = machine.root;
    return path.join(machine.root, "plan.mjs");
  };
  const configuration = (): Promise<string | undefined> => terraformConfiguration(machine.settings(), machine.run);

  test("is the user's where that exists, before any mirror", async () => {
    mirror(`console.log("/mirror.tfrc");`);
    const file = path.join(machine.root, "own.tfrc");
    fs.writeFileSync(file, "");
    machine.variables["TF_CLI_CONFIG_FILE"] = file;
    await expect(configuration()).resolves.toBe(file);
  });

  test("is the mirror's where the user's does not exist", async () => {
    mirror(`console.log(process.argv[2] === "--rc" ? "/mirror.tfrc" : "");`);
    machine.variables["TF_CLI_CONFIG_FILE"] = path.join(machine.root, "missing.tfrc");
    await expect(configuration()).resolves.toBe("/mirror.tfrc");
  });

  test("is none where there is neither", async () => {
    await expect(configuration()).resolves.toBeUndefined();
  });

  test("fails when the mirror does", async () => {
    const plan = mirror(`console.error("cannot unpack google.xz"); process.exit(2);`);
    await expect(configuration()).rejects.toThrow(
      new Error(
        `node ${plan} --rc must print the path of a provider mirror, got exit code 2 after "cannot unpack google.xz". ` +
          "Set TF_CLI_CONFIG_FILE to a configuration of your own, or REAL_PROVIDERS to a folder without plan.mjs.",
      ),
    );
  });
});

describe("the emulators' Python", () => {
  const venv = (): string => path.join(machine.root, ".local-cloud", "venv");
  const python = (patience?: Partial<LocalCloudSettings["patience"]>): Promise<string> =>
    emulatorPython(machine.settings(patience), machine.run);
  const leftovers = (): readonly string[] =>
    fs.existsSync(path.dirname(venv())) ? fs.readdirSync(path.dirname(venv())) : [];

  test("is made once for the same requirements", async () => {
    machine.python({
      pip: `fs.appendFileSync(${JSON.stringify(path.join(machine.root, "pip"))}, args.join(" ") + "\\n");`,
    });
    await expect(python()).resolves.toBe(path.join(venv(), "bin", "python"));
    await python();
    const requirements = path.join(machine.root, "requirements-local.txt");
    const pip = (): string => fs.readFileSync(path.join(machine.root, "pip"), "utf8");
    const once = `-m pip install --quiet --disable-pip-version-check --no-input --no-compile --no-deps --requirement ${requirements}\n`;
    expect(pip()).toBe(once);
    fs.appendFileSync(requirements, "moto==5.2.5\n");
    await python();
    expect(pip()).toBe(once.repeat(2));
    expect(leftovers()).toEqual(["venv"]);
    expect(machine.told).toEqual([
      "Python 3.11.7, installing the emulators of requirements-local.txt into .local-cloud/venv (once)",
      "Python 3.11.7, emulators installed",
      "Python 3.11.7, installing the emulators of requirements-local.txt into .local-cloud/venv (once)",
    ]);
  });

  test("fails when there is no Python", async () => {
    await expect(python()).rejects.toThrow(
      new Error(
        `python3 must be Python 3.10 or later, got no such program in PATH ${machine.bin}. ` +
          "Install Python, or name its program in CLOUD_CONDUCTOR_PYTHON; or name running emulators in " +
          "CLOUD_CONDUCTOR_AWS_ENDPOINT and CLOUD_CONDUCTOR_SAGEMAKER_ENDPOINT.",
      ),
    );
  });

  test.each(["3.9.18", "2.7.18"])("fails when it is %s", async (version) => {
    machine.python({ version });
    await expect(python()).rejects.toThrow(
      new Error(
        `python3 must be Python 3.10 or later, got Python ${version}. ` +
          "Install Python, or name its program in CLOUD_CONDUCTOR_PYTHON; or name running emulators in " +
          "CLOUD_CONDUCTOR_AWS_ENDPOINT and CLOUD_CONDUCTOR_SAGEMAKER_ENDPOINT.",
      ),
    );
  });

  test.each(["3.10.0", "3.14.2", "4.0.0"])("may be %s", async (version) => {
    machine.python({ version });
    await expect(python()).resolves.toBe(path.join(venv(), "bin", "python"));
  });

  test("fails when no environment can be made, and leaves none", async () => {
    machine.python({ venv: `console.log("ensurepip is not available"); process.exit(1)` });
    await expect(python()).rejects.toThrow(
      new Error(
        'python3 -m venv must succeed, got exit code 1 after "ensurepip is not available". ' +
          "On Debian and Ubuntu, install python3-venv.",
      ),
    );
    expect(leftovers()).toEqual([]);
  });

  test("fails when pip fails, and leaves no half of an environment", async () => {
    machine.python({
      pip: `console.error("ERROR: No matching distribution found for ministack==1.5.33"); process.exit(1);`,
    });
    await expect(python()).rejects.toThrow(
      new Error(
        "pip install --requirement requirements-local.txt must succeed, " +
          'got exit code 1 after "ERROR: No matching distribution found for ministack==1.5.33". ' +
          "Check the network, or point PIP_INDEX_URL to an index that can be reached; then run it again, nothing is left behind.",
      ),
    );
    expect(leftovers()).toEqual([]);
  });

  test("fails when pip does not end", async () => {
    machine.python({ pip: `setInterval(() => undefined, 1000);` });
    await expect(python({ installMs: 1_000 })).rejects.toThrow(
      new Error(
        "pip install --requirement requirements-local.txt must succeed, got no end within 1 s after no output. " +
          "Check the network, or point PIP_INDEX_URL to an index that can be reached; then run it again, nothing is left behind.",
      ),
    );
    expect(leftovers()).toEqual([]);
  });
});
