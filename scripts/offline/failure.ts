/** A command that was called in a way it cannot serve: one line on standard error, exit code 2. */
export class UsageError extends Error {
  public override readonly name = "UsageError";
}
