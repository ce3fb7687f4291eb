import { having, matching } from "../../core/checks";

/** Which blobs that are there already are copied. */
export class CopiedSince {
  /** None: what is written from now on. */
  public static now(): CopiedSince {
    return new CopiedSince("OnlyNewObjects");
  }

  /** All that were ever written. */
  public static ever(): CopiedSince {
    return new CopiedSince("Everything");
  }

  /** Those that were written from a time on, such as `2026-01-31T00:00:00Z`. */
  public static time(time: string): CopiedSince {
    return new CopiedSince(time);
  }

  private constructor(
    /** As the provider takes it. */
    public readonly created: string,
  ) {}
}

const CREATED = /^(OnlyNewObjects|Everything|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)$/;

/** The problems of a beginning. */
export function sinceProblems(path: string, since: CopiedSince): readonly string[] {
  const shape = having(path, since, "created", "CopiedSince.now(), CopiedSince.ever() or CopiedSince.time(…)");
  return shape.length > 0 ? shape : matching(path, since.created, CREATED, "a time such as 2026-01-31T00:00:00Z");
}
