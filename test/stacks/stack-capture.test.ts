import { limitStackCapture } from "../../stacks/stack-capture";

const moduleWith = (capture: unknown) => ({ captureStackTrace: capture });
const original = () => ["a.ts:1:1"];

describe("stack capture of cdktf", () => {
  test("is off after the call", () => {
    const module = moduleWith(original);
    expect(limitStackCapture({}, () => module)).toBe(true);
    expect((module.captureStackTrace as typeof original)()).toEqual([]);
  });

  test("stays on where full traces are asked for", () => {
    const module = moduleWith(original);
    expect(limitStackCapture({ CLOUD_CONDUCTOR_FULL_TRACES: "1" }, () => module)).toBe(false);
    expect(module.captureStackTrace).toBe(original);
  });

  test("stays as it is where cdktf has no such file or function", () => {
    const missing = (): never => {
      throw new Error("Cannot find module");
    };
    expect(limitStackCapture({}, missing)).toBe(false);
    expect(limitStackCapture({}, () => moduleWith("something else"))).toBe(false);
    expect(limitStackCapture({}, () => undefined)).toBe(false);
  });

  test("is found in the installed cdktf", () => {
    const asked: string[] = [];
    limitStackCapture({}, (name) => {
      asked.push(name);
      return undefined;
    });
    const found = asked.map((name) => jest.requireActual<Record<string, unknown>>(name)["captureStackTrace"]);
    expect(found.map((capture) => typeof capture)).toEqual(["function"]);
  });
});
