/** The whole message with which something fails. @throws Error when it does not fail */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("It did not fail.");
}

/** The lines of a message, as it is easier to read. */
export const lines = (...all: readonly string[]): string => all.join("\n");
