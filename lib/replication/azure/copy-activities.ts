import { stableHash } from "../../core/names";

/** What one run of a copy reads: everything, or what changed in a window of time. */
export const CopySelection = {
  /** What was written in the window of the run; each window once, tried again until it succeeds. */
  CHANGED: "changed",
  /** Everything, at every run, over what is there. */
  ALL: "all",
} as const;
export type CopySelection = (typeof CopySelection)[keyof typeof CopySelection];

/** A pipeline's parameters, which its trigger sets for each window. */
export const WINDOW = { start: "windowStart", end: "windowEnd" } as const;

/** Of what the activities of a pipeline are made. */
export interface CopyPlan {
  readonly sourceDataset: string;
  readonly sinkDataset: string;
  readonly prefixes: readonly string[];
  /** Ends in `/`, or is empty. */
  readonly targetPrefix: string;
  readonly selection: CopySelection;
}

const expression = (value: string) => ({ value, type: "Expression" }) as const;

/** The copy activities of a pipeline, one a prefix, side by side. */
export const copyActivities = (plan: CopyPlan): string =>
  JSON.stringify(plan.prefixes.map((prefix) => activity(plan, prefix)));

const activity = (plan: CopyPlan, prefix: string) => ({
  name: activityName(prefix),
  type: "Copy",
  dependsOn: [],
  // a run that hangs would keep later windows waiting for a week
  policy: { timeout: "0.12:00:00", retry: 2, retryIntervalInSeconds: 300, secureInput: false, secureOutput: false },
  inputs: [{ referenceName: plan.sourceDataset, type: "DatasetReference" }],
  outputs: [
    { referenceName: plan.sinkDataset, type: "DatasetReference", parameters: { folder: folderOf(plan, prefix) } },
  ],
  typeProperties: {
    source: { type: "BinarySource", storeSettings: readSettings(plan, prefix) },
    sink: {
      type: "BinarySink",
      storeSettings: { type: "AzureBlobFSWriteSettings", copyBehavior: "PreserveHierarchy" },
    },
    preserve: ["Attributes"],
    validateDataConsistency: true,
    enableStaging: false,
  },
});

/** At most 55 characters. https://learn.microsoft.com/azure/data-factory/concepts-pipelines-activities */
const activityName = (prefix: string): string => {
  const readable = (prefix === "" ? "all" : prefix).replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");
  return `copy_${readable.slice(0, 40)}_${stableHash(prefix)}`;
};

/** https://learn.microsoft.com/azure/data-factory/connector-amazon-simple-storage-service#amazon-s3-as-a-source-type */
const readSettings = ({ selection }: CopyPlan, prefix: string) => ({
  type: "AmazonS3ReadSettings",
  recursive: true,
  ...(prefix === "" ? { wildcardFileName: "*" } : { prefix }),
  ...(selection === CopySelection.CHANGED && {
    modifiedDatetimeStart: expression(`@pipeline().parameters.${WINDOW.start}`),
    modifiedDatetimeEnd: expression(`@pipeline().parameters.${WINDOW.end}`),
  }),
});

/** With a prefix, Data Factory keeps what comes after its last slash: what comes before is the folder of the copies. */
const folderOf = ({ targetPrefix }: CopyPlan, prefix: string): string =>
  `${targetPrefix}${prefix.slice(0, prefix.lastIndexOf("/") + 1)}`.replace(/\/$/, "");
