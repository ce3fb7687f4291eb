import { matching } from "../../core/checks";

/** Where the copies of a factory run. */
export class CopyRuntime {
  /** In a network that Azure manages for the factory: nothing to operate. */
  public static managed(): CopyRuntime {
    return new CopyRuntime();
  }

  /**
   * On machines of one's own, registered with a self-hosted runtime of another factory that is shared with this one. A
   * runtime of this factory would lay its registration keys into the state; a shared one does not.
   *
   * @param sharedRuntimeId resource id of that runtime; the deployment gives this factory the right to use it
   */
  public static selfHosted(sharedRuntimeId: string): CopyRuntime {
    return new CopyRuntime(sharedRuntimeId);
  }

  private constructor(
    /** Of the shared runtime, where the copies run on machines of one's own. */
    public readonly sharedRuntimeId?: string,
  ) {}
}

const RUNTIME_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DataFactory\/factories\/[^/]+\/integrationRuntimes\/[^/]+$/i;

/** The problems of where copies are to run. */
export const runtimeProblems = (path: string, { sharedRuntimeId }: CopyRuntime): readonly string[] =>
  sharedRuntimeId === undefined
    ? []
    : matching(path, sharedRuntimeId, RUNTIME_ID, "the resource id of an integration runtime of a Data Factory");
