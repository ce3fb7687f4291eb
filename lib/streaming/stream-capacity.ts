import { having, isToken, problem, wholeNumber } from "../core/checks";

/** How much a stream of Kinesis takes. */
export class StreamCapacity {
  /** As much as comes, billed by what comes; grows to twice the highest of the last 30 days at once. */
  public static onDemand(): StreamCapacity {
    return new StreamCapacity();
  }

  /**
   * A fixed number of shards, each for 1 MiB or 1,000 records a second in and 2 MiB a second out.
   * https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
   */
  public static provisioned(shards: number): StreamCapacity {
    return new StreamCapacity(shards);
  }

  private constructor(
    /** Undefined on demand. */
    public readonly shards?: number,
  ) {}
}

const SHARDS = { minimum: 1, maximum: 10_000, unit: "shards" };

/** The problems of what is given as capacity; shards are literal, because a changed number reshards. */
export function capacityProblems(path: string, capacity: StreamCapacity): readonly string[] {
  const shape = having(path, capacity, "shards", "StreamCapacity.onDemand() or StreamCapacity.provisioned(shards)");
  if (shape.length > 0 || capacity.shards === undefined) return shape;
  return isToken(capacity.shards)
    ? [problem(path, "a literal number of shards", capacity.shards)]
    : wholeNumber(path, capacity.shards, SHARDS);
}
