import { onAws } from "../../../lib/blueprints/data-lake/aws";
import { DataLake } from "../../../lib/blueprints/data-lake/data-lake";
import { onGoogle } from "../../../lib/blueprints/data-lake/google";
import { functionRole } from "../../support/aws-stack";
import { lines } from "../../support/messages";
import { errorOf, on } from "./three-clouds";

/** The error of those who have no compiler. */
const errorWithoutTypes = (props: object): string => errorOf((stack) => new DataLake(stack, "lake", props as never));

describe("what does not compile", () => {
  const [aws, google] = [onAws({ name: "acme" }), onGoogle({ name: "acme" })];

  test("fails at run time too: a misspelt zone", () => {
    const message = errorOf((stack) => {
      // @ts-expect-error there is no such zone
      new DataLake(stack, "lake", { clouds: [aws], zones: { rwa: {} } });
    });
    expect(message).toBe(
      lines(
        "lake/lake has 1 problem",
        '  zones.* must be one of "raw", "staging", "processed", "curated", "archive", "checkpoints", "models", "dlq", got "rwa"',
      ),
    );
  });

  test("fails at run time too: a misspelt prop of a zone", () => {
    const message = errorOf((stack) => {
      // @ts-expect-error a zone says nothing like it
      new DataLake(stack, "lake", { clouds: [aws], zones: { raw: { expireAfter: 3 } } });
    });
    expect(message).toBe(
      lines(
        "lake/lake has 1 problem",
        '  zones.raw.* must be one of "on", "transitions", "expireAfterDays", "noncurrentVersions", "retention", "copies", got "expireAfter"',
      ),
    );
  });

  test("fails at run time too: a zone on a cloud that is not there", () => {
    const message = errorOf((stack) => {
      // @ts-expect-error the lake is not on Azure
      new DataLake(stack, "lake", { clouds: [aws, google], zones: { raw: { on: ["azure"] } } });
    });
    expect(message).toBe(
      lines("lake/lake has 1 problem", '  zones.raw.on[0] must be one of "aws", "google", got "azure"'),
    );
  });

  test("fails at run time too: a copy to a cloud that is not there", () => {
    const message = errorOf((stack) => {
      const zones = { raw: { copies: [{ to: "azure", everyHours: 1 }] } } as const;
      // @ts-expect-error the lake is not on Azure
      new DataLake(stack, "lake", { clouds: [aws, google], zones });
    });
    expect(message).toBe(
      lines(
        "lake/lake has 1 problem",
        '  zones.raw.copies[0].to must be another cloud of the zone than aws, where it is copied from, got "azure"',
      ),
    );
  });

  test("a bucket of a zone that is not on that cloud", () => {
    on((stack) => {
      const lake = new DataLake(stack, "lake", { clouds: [aws, google], zones: { raw: { on: ["aws"] }, models: {} } });
      // @ts-expect-error raw is on AWS alone
      expect(lake.buckets.google.raw).toBeUndefined();
      // @ts-expect-error there is no such zone in this lake
      expect(lake.buckets.aws.curated).toBeUndefined();
      // @ts-expect-error the lake is not on Azure
      expect(lake.buckets.azure).toBeUndefined();
      // @ts-expect-error a bucket of Google gives nothing to a role of AWS
      expect(() => lake.buckets.google.models.grants.read(functionRole(stack))).toThrow(
        /must be a principal of Google Cloud/,
      );
    });
  });

  test("fails at run time too: nothing, no lists, the same twice", () => {
    expect(errorWithoutTypes({ clouds: [], zones: {} })).toBe(
      lines("lake/lake has 1 problem", "  clouds must be at least one, got []"),
    );
    expect(errorWithoutTypes({ clouds: "aws", zones: [] })).toBe(
      lines(
        "lake/lake has 2 problems",
        '  clouds must be a literal list, got "aws"',
        "  zones must be an object, got []",
      ),
    );
    expect(errorWithoutTypes({ clouds: [{ cloud: "aws" }], zones: {}, tags: 3, dataRemoval: "gone" })).toBe(
      lines(
        "lake/lake has 3 problems",
        '  clouds[0] must be onAws(…), onAzure(…) or onGoogle(…), got {"cloud":"aws"}',
        "  tags must be an object, got 3",
        '  dataRemoval must be one of "keep", "destroy", got "gone"',
      ),
    );
    expect(errorWithoutTypes({ clouds: [aws, aws], zones: { raw: {} } })).toBe(
      lines("lake/lake has 1 problem", '  clouds[1] must be another cloud than those before it, got "aws"'),
    );
    expect(errorWithoutTypes({ clouds: [aws], zones: {} })).toBe(
      lines("lake/lake has 1 problem", "  zones must be at least one, got {}"),
    );
    expect(
      errorWithoutTypes({ clouds: [aws, google], zones: { raw: 1, models: { on: [] }, dlq: { on: ["aws", "aws"] } } }),
    ).toBe(
      lines(
        "lake/lake has 3 problems",
        "  zones.raw must be an object, got 1",
        "  zones.models.on must be at least one cloud of the lake, got []",
        '  zones.dlq.on[1] must be another cloud than those before it, got "aws"',
      ),
    );
  });
});
