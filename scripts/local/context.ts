/** What every step of the local cloud is given besides its settings. */
export interface Run {
  /** Tells whoever watches what happens. */
  readonly progress: (text: string) => void;
  /** Ends the run: an interruption by the user, or an emulator that dies. */
  readonly abort: AbortController;
}

/** Progress as lines with the seconds since the start. */
export function printedProgress(write: (text: string) => void): (text: string) => void {
  const start = performance.now();
  return (text) => {
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    write(`${seconds} s  ${text}\n`);
  };
}

/** Waits; ends early, with the reason, when the run is over. */
export function pause(milliseconds: number, { signal }: AbortController): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Asks again and again until there is an answer; nothing when the time is over. */
export async function poll<T>(
  question: () => Promise<T | undefined>,
  limits: { readonly timeoutMs: number; readonly everyMs: number },
  abort: AbortController,
): Promise<T | undefined> {
  const end = performance.now() + limits.timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer !== undefined || performance.now() >= end) return answer;
    await pause(limits.everyMs, abort);
  }
}
