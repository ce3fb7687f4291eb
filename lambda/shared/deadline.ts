/**
 * The time of an invocation. No new work begins with less than two seconds, or less than twice what the slowest piece of
 * work has taken so far: what was not begun is delivered again, what is cut off has to be repaired.
 */
export class Deadline {
  private slowest = 0;

  /** `remaining` answers in milliseconds, as `context.getRemainingTimeInMillis`. */
  public constructor(private readonly remaining: () => number) {}

  /** Milliseconds left. */
  public get left(): number {
    return this.remaining();
  }

  public get passed(): boolean {
    return this.remaining() < Math.max(2000, 2 * this.slowest);
  }

  /** Does a piece of work and remembers how long it took, failed or not. */
  public async measure<T>(work: () => Promise<T>): Promise<T> {
    const before = this.remaining();
    try {
      return await work();
    } finally {
      this.slowest = Math.max(this.slowest, before - this.remaining());
    }
  }
}
