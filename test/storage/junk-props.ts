import fc from "fast-check";

const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, maxDepth: 3 });
const oneOfKnown = fc.constantFrom("cool", "archive", 30, 90, "raw/", -1, 0.5, null);
const junkRule = fc.record(
  {
    id: anything,
    prefix: fc.oneof(anything, oneOfKnown),
    tags: fc.oneof(anything, fc.dictionary(fc.string(), fc.oneof(anything, fc.string()))),
    minimumSizeBytes: fc.oneof(anything, oneOfKnown),
    maximumSizeBytes: fc.oneof(anything, oneOfKnown),
    transitions: fc.oneof(
      anything,
      fc.array(fc.oneof(anything, fc.record({ tier: oneOfKnown, afterDays: oneOfKnown }))),
    ),
    expireAfterDays: fc.oneof(anything, oneOfKnown),
  },
  { requiredKeys: [] },
);
/** Props of a bucket of any cloud, each of them anything at all, or nearly right. */
export const junkProps = fc.record(
  {
    bucketName: anything,
    lifecycle: fc.oneof(anything, fc.array(fc.oneof(anything, junkRule))),
    noncurrentVersions: fc.oneof(
      anything,
      fc.record(
        { expireAfterDays: fc.oneof(anything, oneOfKnown), transitions: anything, keepNewest: anything },
        { requiredKeys: [] },
      ),
    ),
    retention: fc.oneof(
      anything,
      fc.record({ minimumDays: fc.oneof(anything, oneOfKnown), mode: anything }, { requiredKeys: [] }),
    ),
    abortIncompleteUploadsAfterDays: anything,
    tags: anything,
    dataRemoval: anything,
    encryption: anything,
    accessLogs: anything,
    inventory: fc.oneof(anything, fc.record({ destination: anything }, { requiredKeys: [] })),
    intelligentTiering: fc.oneof(
      anything,
      fc.record({ prefix: anything, archiveAfterDays: anything }, { requiredKeys: [] }),
    ),
    account: anything,
    location: anything,
    provider: anything,
    region: anything,
  },
  { requiredKeys: [] },
);
