import { trainingJobDefaults, trainingJobSchema } from "../../lambda/shared/format/training-job";
import { flag, given, list, literal, object, oneOf, problem } from "../core/checks";
import { formProblems, rangeProblems, type NumberForm, type TextForm } from "./training-form";

/** How the objects of the training data come to the container. */
export const InputMode = {
  /** Downloaded before the training begins. */
  FILE: "File",
  /** Streamed, and read as files. */
  FAST_FILE: "FastFile",
  /** Streamed through a named pipe. */
  PIPE: "Pipe",
} as const;
export type InputMode = (typeof InputMode)[keyof typeof InputMode];

/** Spare capacity at a lower price, which may be taken away again: the job goes on from its checkpoint. */
export interface SpotTraining {
  /** Longest time for waiting and running together, in seconds; at least the longest run time. */
  readonly maximumWaitSeconds: number;
}

/** The network of yours that the instances stand in. */
export interface TrainingNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** What a training job runs, and on what. */
export interface TrainingSettings {
  /** URI of the image of the training container. */
  readonly image: string;
  /** @default "ml.m5.large" */
  readonly instanceType?: string;
  /** @default 1 */
  readonly instanceCount?: number;
  /** Volume of each instance, in GiB. @default 20 */
  readonly volumeGiB?: number;
  /** Longest run time, in seconds. @default 3600 */
  readonly maximumRuntimeSeconds?: number;
  /** @default - on-demand capacity */
  readonly spot?: SpotTraining;
  /** @default - no network of yours */
  readonly network?: TrainingNetwork;
  /** Whether the container has no network at all; its data is brought to it. @default true */
  readonly isolated?: boolean;
  /** @default InputMode.FILE */
  readonly inputMode?: InputMode;
  /** Folder of the data below `/opt/ml/input/data/`. @default "training" */
  readonly channel?: string;
  /** MIME type of the data. @default - none */
  readonly contentType?: string;
  /** Parameters of the algorithm. @default - none */
  readonly hyperParameters?: Readonly<Record<string, string>>;
}

/** Forms and ranges: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const FORM = trainingJobSchema.properties;

const TEXTS: Readonly<Record<"instanceType" | "channel" | "contentType", TextForm & { readonly rule: string }>> = {
  instanceType: { ...FORM.instanceType, rule: "an ML instance type such as ml.m5.large" },
  channel: { ...FORM.channelName, rule: "1-64 letters, digits or any of ._-" },
  contentType: { ...FORM.contentType, rule: "a MIME type of 1-256 characters" },
};

const NUMBERS: Readonly<Record<"instanceCount" | "volumeGiB" | "maximumRuntimeSeconds", NumberForm>> = {
  instanceCount: FORM.instanceCount,
  volumeGiB: { ...FORM.volumeGiB, unit: "GiB" },
  maximumRuntimeSeconds: { ...FORM.maximumRuntimeSeconds, unit: "seconds" },
};

/** The problems of a training job's settings, whoever starts it. */
export function trainingProblems(path: string, settings: TrainingSettings): string[] {
  const shape = object(path, settings);
  if (shape.length > 0) return shape;
  return [
    ...formProblems(
      `${path}.image`,
      settings.image,
      FORM.imageUri,
      "the URI of an image, 1-255 characters without white space",
    ),
    ...namesOf(TEXTS).flatMap((name) =>
      given(settings[name], (value) => formProblems(`${path}.${name}`, value, TEXTS[name], TEXTS[name].rule)),
    ),
    ...namesOf(NUMBERS).flatMap((name) =>
      given(settings[name], (value) => rangeProblems(`${path}.${name}`, value, NUMBERS[name])),
    ),
    ...given(settings.isolated, (isolated) => flag(`${path}.isolated`, isolated)),
    ...given(settings.inputMode, (mode) => oneOf(`${path}.inputMode`, mode, Object.values(InputMode))),
    ...given(settings.spot, (spot) => spotProblems(`${path}.spot`, spot, settings)),
    ...given(settings.network, (network) => networkProblems(`${path}.network`, network)),
    ...given(settings.hyperParameters, (parameters) => parameterProblems(`${path}.hyperParameters`, parameters)),
  ];
}

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(table) as Name[];

function spotProblems(path: string, spot: SpotTraining, settings: TrainingSettings): string[] {
  const shape = object(path, spot);
  if (shape.length > 0) return shape;
  const wait = `${path}.maximumWaitSeconds`;
  const own = rangeProblems(wait, spot.maximumWaitSeconds, NUMBERS.maximumRuntimeSeconds);
  const longestRun = settings.maximumRuntimeSeconds ?? trainingJobDefaults.maximumRuntimeSeconds;
  if (own.length > 0 || spot.maximumWaitSeconds >= longestRun) return own;
  return [problem(wait, `at least maximumRuntimeSeconds (${String(longestRun)})`, spot.maximumWaitSeconds)];
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html */
const IDS = [
  { name: "subnetIds", maximum: 16, pattern: FORM.vpc.properties.subnetIds.items.pattern, example: "subnet-0abc" },
  {
    name: "securityGroupIds",
    maximum: 5,
    pattern: FORM.vpc.properties.securityGroupIds.items.pattern,
    example: "sg-0abc",
  },
] as const;

export function networkProblems(path: string, network: TrainingNetwork): string[] {
  const shape = object(path, network);
  if (shape.length > 0) return shape;
  return IDS.flatMap(({ name, maximum, pattern, example }) => {
    const ids = network[name];
    const each = list(`${path}.${name}`, ids, (id, at) =>
      formProblems(at, id, { pattern }, `an id such as ${example}`),
    );
    if (each.length > 0) return each;
    return ids.length >= 1 && ids.length <= maximum
      ? []
      : [problem(`${path}.${name}`, `1 to ${String(maximum)} ids`, ids.length)];
  });
}

function parameterProblems(path: string, parameters: Readonly<Record<string, string>>): string[] {
  const shape = object(path, parameters);
  if (shape.length > 0) return shape;
  const { maxProperties, propertyNames, additionalProperties } = FORM.hyperParameters;
  const entries = Object.entries(parameters);
  const many =
    entries.length > maxProperties
      ? [problem(path, `at most ${String(maxProperties)} parameters`, entries.length)]
      : [];
  return many.concat(
    entries.flatMap(([key, value]) => [
      ...literal(`${path} key`, key),
      ...formProblems(`${path} key`, key, propertyNames, `1-${String(propertyNames.maxLength)} characters`),
      ...formProblems(
        `${path}.${key}`,
        value,
        additionalProperties,
        `a text of at most ${String(additionalProperties.maxLength)} characters`,
      ),
    ]),
  );
}
