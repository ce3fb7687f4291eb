import { Fn, Token } from "cdktf";
import { jobNamePrefixOfRoleProblems, jobNamePrefixProblems } from "../../lib/machine-learning/job-name";
import { InputMode, trainingProblems, type TrainingSettings } from "../../lib/machine-learning/training";

const TOKEN = "${TfToken[TOKEN.3]}";
const image = "trainer:1";

const problems = (settings: Partial<TrainingSettings>): readonly string[] =>
  trainingProblems("training", { image, ...settings });

describe("the settings of a training job", () => {
  test("are an image and whatever else is said", () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({
        image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${TOKEN}`,
        instanceType: "ml.p4d.24xlarge",
        instanceCount: 100,
        volumeGiB: 16_384,
        maximumRuntimeSeconds: 2_592_000,
        spot: { maximumWaitSeconds: 2_592_000 },
        network: { subnetIds: [TOKEN, "subnet-0abc"], securityGroupIds: ["sg-0abc"] },
        isolated: false,
        inputMode: InputMode.FAST_FILE,
        channel: "train.v1_a-b",
        contentType: "text/csv",
        hyperParameters: { epochs: "3", table: TOKEN },
      }),
    ).toEqual([]);
  });

  test.each<[Partial<TrainingSettings>, string]>([
    [{ image: "" }, 'image must be the URI of an image, 1-255 characters without white space, got ""'],
    [{ image: "a b" }, 'image must be the URI of an image, 1-255 characters without white space, got "a b"'],
    [{ instanceType: "m5.large" }, 'instanceType must be an ML instance type such as ml.m5.large, got "m5.large"'],
    [{ instanceCount: 0 }, "instanceCount must be a whole number from 1 to 100, got 0"],
    [{ instanceCount: 101 }, "instanceCount must be a whole number from 1 to 100, got 101"],
    [{ volumeGiB: 0.5 }, "volumeGiB must be a whole number from 1 to 16384 GiB, got 0.5"],
    [
      { maximumRuntimeSeconds: 2_592_001 },
      "maximumRuntimeSeconds must be a whole number from 1 to 2592000 seconds, got 2592001",
    ],
    [{ isolated: "yes" as never }, 'isolated must be true or false, got "yes"'],
    [{ inputMode: "Stream" as never }, 'inputMode must be one of "File", "FastFile", "Pipe", got "Stream"'],
    [{ channel: "train data" }, 'channel must be 1-64 letters, digits or any of ._-, got "train data"'],
    [{ contentType: "" }, 'contentType must be a MIME type of 1-256 characters, got ""'],
    [
      { spot: { maximumWaitSeconds: 3599 } },
      "spot.maximumWaitSeconds must be at least maximumRuntimeSeconds (3600), got 3599",
    ],
    [
      { maximumRuntimeSeconds: 7200, spot: { maximumWaitSeconds: 7199 } },
      "spot.maximumWaitSeconds must be at least maximumRuntimeSeconds (7200), got 7199",
    ],
    [{ spot: true as never }, "spot must be an object, got true"],
    [
      { spot: { maximumWaitSeconds: 0 } },
      "spot.maximumWaitSeconds must be a whole number from 1 to 2592000 seconds, got 0",
    ],
    [{ network: "vpc-1" as never }, 'network must be an object, got "vpc-1"'],
    [
      { network: { subnetIds: ["vpc-1"], securityGroupIds: ["sg-1"] } },
      'network.subnetIds[0] must be an id such as subnet-0abc, got "vpc-1"',
    ],
    [{ network: { subnetIds: [], securityGroupIds: ["sg-1"] } }, "network.subnetIds must be 1 to 16 ids, got 0"],
    [
      { network: { subnetIds: ["subnet-1"], securityGroupIds: Array<string>(6).fill("sg-1") } },
      "network.securityGroupIds must be 1 to 5 ids, got 6",
    ],
    [{ hyperParameters: [] as never }, "hyperParameters must be an object, got []"],
    [{ hyperParameters: { "": "1" } }, 'hyperParameters key must be 1-256 characters, got ""'],
    [
      { hyperParameters: { epochs: 3 as never } },
      "hyperParameters.epochs must be a text of at most 2500 characters, got 3",
    ],
    [
      { hyperParameters: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${String(index)}`, ""])) },
      "hyperParameters must be at most 100 parameters, got 101",
    ],
  ])("%j fails: %s", (settings, message) => {
    expect(problems(settings)).toEqual([`training.${message}`]);
  });

  test("fail to be numbers that Terraform alone knows, which a JSON text would lose", () => {
    expect(problems({ instanceCount: Token.asNumber(Fn.abs(1)) })).toEqual([
      "training.instanceCount must be a literal number, because it travels in a JSON text, got a token (a value known only to Terraform)",
    ]);
  });

  test("fail to be nothing", () => {
    expect(trainingProblems("training", undefined as never)).toEqual(["training must be an object, got undefined"]);
  });
});

describe("the beginning of job names", () => {
  test.each(["a", "demand-2", "d--d", "a".repeat(32)])("may be %s", (prefix) => {
    expect(jobNamePrefixProblems("jobNamePrefix", prefix)).toEqual([]);
  });

  test.each(["", "Demand", "-a", "a-", "a_b", "a".repeat(33)])("fails to be %j", (prefix) => {
    expect(jobNamePrefixProblems("jobNamePrefix", prefix)).toEqual([
      `jobNamePrefix must be 1-32 lower-case letters, digits or hyphens that begin and end with a letter or digit, got ${JSON.stringify(prefix)}`,
    ]);
  });

  test("fails to be a token", () => {
    expect(jobNamePrefixProblems("jobNamePrefix", TOKEN)).toEqual([
      "jobNamePrefix must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
    ]);
  });

  test("is the one that the role trusts, if it trusts one", () => {
    const roleArn = "arn:aws:iam::123456789012:role/training";
    expect(jobNamePrefixOfRoleProblems("jobNamePrefix", "a", { roleArn })).toEqual([]);
    expect(jobNamePrefixOfRoleProblems("jobNamePrefix", "a", { roleArn, jobNamePrefix: "a" })).toEqual([]);
    expect(jobNamePrefixOfRoleProblems("jobNamePrefix", "a", { roleArn, jobNamePrefix: "b" })).toEqual([
      'jobNamePrefix must be "b", the one that the training role trusts, got "a"',
    ]);
  });
});
