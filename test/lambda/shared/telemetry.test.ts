import { createLog } from "../../../lambda/shared/logger";
import { createCounts } from "../../../lambda/shared/metrics";
import { contextOf } from "../support/context";

/** What was written to the standard streams meanwhile, line by line. */
function written(work: () => void): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((chunk) => {
      lines.push(...String(chunk).trim().split("\n"));
      return true;
    }),
  );
  try {
    work();
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a log line is one line of JSON with the id of the request; control characters are escaped", () => {
  const lines = written(() => {
    const log = createLog("a-handler");
    log.begin(contextOf("f", "request-1", () => 0));
    log.info("said", { objectId: "a\n\u001b[31m", count: 2 });
    log.warn("warned");
    log.error("failed", { errorName: "E" });
  });
  const about = { service: "a-handler", function_request_id: "request-1" };
  expect(lines).toMatchObject([
    { ...about, level: "INFO", message: "said", objectId: "a\n\u001b[31m", count: 2 },
    { ...about, level: "WARN", message: "warned" },
    { ...about, level: "ERROR", message: "failed", errorName: "E" },
  ]);
});

test("counts are written once per metric, and once more per reason", () => {
  const lines = written(() => {
    const counts = createCounts("A/Namespace", "a-function");
    counts.add("Started");
    counts.add("Skipped", "cool-down");
    counts.add("Skipped", "cool-down");
    counts.add("Skipped", "locked");
    counts.publish();
    counts.publish();
  });
  const metricsOf = (dimensions: readonly string[], ...names: readonly string[]): object => ({
    CloudWatchMetrics: [
      { Namespace: "A/Namespace", Dimensions: [dimensions], Metrics: names.map((Name) => ({ Name, Unit: "Count" })) },
    ],
  });
  const perReason = metricsOf(["service", "reason"], "Skipped");
  expect(lines).toMatchObject([
    { _aws: metricsOf(["service"], "Started", "Skipped"), service: "a-function", Started: 1, Skipped: 3 },
    { _aws: perReason, service: "a-function", reason: "cool-down", Skipped: 2 },
    { _aws: perReason, service: "a-function", reason: "locked", Skipped: 1 },
  ]);
});

test("reasons beyond the thirty-second are one", () => {
  const lines = written(() => {
    const counts = createCounts("A/Namespace", "a-function");
    for (let index = 0; index < 40; index += 1) counts.add("Rejected", `reason-${index}`);
    counts.publish();
  });
  expect(lines).toHaveLength(34);
  expect(lines.at(-1)).toMatchObject({ reason: "other", Rejected: 8 });
});
