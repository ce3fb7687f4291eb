import { oneOf, problem } from "../../core/checks";

/**
 * The Node.js that a function runs on. AWS blocks the creation of functions on older ones.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export const FunctionRuntime = { NODEJS_22: "nodejs22.x", NODEJS_24: "nodejs24.x" } as const;
export type FunctionRuntime = (typeof FunctionRuntime)[keyof typeof FunctionRuntime];

/** The processor that a function runs on. */
export const FunctionArchitecture = { ARM64: "arm64", X86_64: "x86_64" } as const;
export type FunctionArchitecture = (typeof FunctionArchitecture)[keyof typeof FunctionArchitecture];

const RUNTIMES: readonly string[] = Object.values(FunctionRuntime);

/** The problems of a runtime. */
export const runtimeProblems = (path: string, runtime: unknown): string[] =>
  typeof runtime === "string" && RUNTIMES.includes(runtime)
    ? []
    : [problem(path, `${RUNTIMES.join(" or ")}, because AWS creates no functions on older ones`, runtime)];

/** The problems of an architecture. */
export const architectureProblems = (path: string, architecture: unknown): string[] =>
  oneOf(path, architecture, Object.values(FunctionArchitecture));
