/**
 * cdktf captures an unbounded stack trace for every token, block and lazy value: a third of the time of a large synth,
 * and more with every layer of constructs. It has no setting for it, so an app turns it off here, before its first
 * construct. Only the text "Object creation stack" of token errors is lost; `CLOUD_CONDUCTOR_FULL_TRACES=1` keeps it.
 */
const MODULE = "cdktf/lib/tokens/private/stack-trace";
const OPT_OUT = "CLOUD_CONDUCTOR_FULL_TRACES";

interface StackTraceModule {
  captureStackTrace: () => readonly string[];
}

/**
 * Turns the capture off.
 *
 * @returns whether it did: not when the variable says otherwise or this version of cdktf keeps it elsewhere
 */
export function limitStackCapture(
  environment: NodeJS.ProcessEnv = process.env,
  load: (name: string) => unknown = require,
): boolean {
  if (environment[OPT_OUT] === "1") return false;
  const found = loaded(load);
  if (!found) return false;
  found.captureStackTrace = () => [];
  return true;
}

function loaded(load: (name: string) => unknown): StackTraceModule | undefined {
  try {
    const found = load(MODULE) as Partial<StackTraceModule> | undefined;
    return typeof found?.captureStackTrace === "function" ? (found as StackTraceModule) : undefined;
  } catch {
    // an internal file of cdktf: where it is missing, synthesis is slower and nothing else
    return undefined;
  }
}
