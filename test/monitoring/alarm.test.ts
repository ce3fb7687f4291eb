import fc from "fast-check";
import { Token } from "cdktf";
import type { IncidentRoute, Severity } from "../../lib/core/incident-route";
import { alarmProblems, monitoringProblems, type AlarmOptions, type AlarmProps } from "../../lib/monitoring/alarm";
import { SILENCE } from "../../lib/monitoring/silence";

const LATER = Token.asNumber({ resolve: () => 1 });
const alarm = (options: Partial<AlarmOptions> | object): AlarmProps => ({ above: 0, severity: "high", ...options });

describe("the bound of an alarm", () => {
  const bounds = (given: object) => alarmProblems({ severity: "high", ...given } as AlarmProps);

  test.each([{ above: 0 }, { below: 0 }, { above: -1.5 }, { above: LATER }, { above: 1, below: undefined }])(
    "may be %j",
    (given) => {
      expect(bounds(given)).toEqual([]);
    },
  );

  test.each([
    [{}, 'above, below must be given one of the two, got "neither"'],
    [{ above: 1, below: 1 }, 'above, below must be given one of the two, got "both"'],
    [{ above: Number.NaN }, "above must be a finite number, got NaN"],
    [{ below: Number.POSITIVE_INFINITY }, "below must be a finite number, got Infinity"],
    [{ above: "60" }, 'above must be a finite number, got "60"'],
  ])("must not be %j", (given, problem) => {
    expect(bounds(given)).toEqual([problem]);
  });

  test("is one of the two for the compiler as well", () => {
    // @ts-expect-error above or below is missing
    const neither: AlarmProps = { severity: "high" };
    // @ts-expect-error above and below exclude each other
    const both: AlarmProps = { severity: "high", above: 1, below: 1 };
    expect([neither, both].map((props) => alarmProblems(props).length)).toEqual([1, 1]);
  });

  test("is any finite number", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (bound) => {
        expect(bounds({ above: bound })).toEqual([]);
        expect(bounds({ below: bound })).toEqual([]);
      }),
    );
  });
});

describe("an alarm", () => {
  test("may say all it has to say", () => {
    const full: AlarmOptions = {
      severity: "critical",
      route: { actionsFor: () => [] },
      runbook: "https://acme.example/runbooks/lag",
      evaluationPeriods: 3,
      periodSeconds: 300,
      description: "Orders are late",
    };
    expect(alarmProblems(alarm(full))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["another severity", { severity: "urgent" }, 'severity must be one of "critical", "high", "low", got "urgent"'],
    ["a route that is none", { route: {} }, "route must be an incident route, got {}"],
    ["null as a route", { route: null }, "route must be an incident route, got null"],
    [
      "a runbook without TLS",
      { runbook: "http://acme.example" },
      'runbook must be an https:// address of at most 300 characters, got "http://acme.example"',
    ],
    ["no period at all", { evaluationPeriods: 0 }, "evaluationPeriods must be a whole number of at least 1, got 0"],
    [
      "periods that Terraform alone knows",
      { evaluationPeriods: LATER },
      "evaluationPeriods must be a literal number, got a token (a value known only to Terraform)",
    ],
    [
      "half a minute",
      { periodSeconds: 30 },
      "periodSeconds must be a literal multiple of 60 from 60 to 86400 seconds, got 30",
    ],
    [
      "a period that Terraform alone knows",
      { periodSeconds: LATER },
      "periodSeconds must be a literal multiple of 60 from 60 to 86400 seconds, got a token (a value known only to Terraform)",
    ],
    [
      "a novel",
      { description: "x".repeat(501) },
      `description must be at most 500 characters, got "${"x".repeat(119)}… (503 characters)`,
    ],
    ["a description that is no text", { description: 5 }, "description must be a string, got 5"],
  ])("must not have %s", (_, options, problem) => {
    expect(alarmProblems(alarm(options))).toEqual([problem]);
  });
});

describe("what a construct is told about watching itself", () => {
  test("is optional", () => {
    expect(monitoringProblems(undefined)).toEqual([]);
    expect(monitoringProblems({})).toEqual([]);
  });

  test("is an object", () => {
    expect(monitoringProblems("oncall" as unknown as object)).toEqual(['monitoring must be an object, got "oncall"']);
  });

  test("is checked under its own path", () => {
    const wrong = { severity: "urgent" as Severity, route: "oncall" as unknown as IncidentRoute };
    expect(monitoringProblems(wrong)).toEqual([
      'monitoring.severity must be one of "critical", "high", "low", got "urgent"',
      'monitoring.route must be an incident route, got "oncall"',
    ]);
  });
});

test("silence is good where nothing happens, and bad where something must keep coming", () => {
  expect(SILENCE).toEqual({ occurrences: "notBreaching", level: "notBreaching", heartbeat: "breaching" });
});
