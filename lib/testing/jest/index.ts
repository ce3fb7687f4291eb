import type { OfflineOptions } from "../offline/runner/offline-terraform";
import type { PlanExpectation } from "./expectations";
import { extendExpect } from "./extend-expect";

export { terraformMatchers } from "./matchers";
export { terraformTest } from "./terraform-test";
export type { PlanExpectation };

declare global {
  namespace jest {
    /** On a stack of `synthApp(…).stack(name)`. Each runs Terraform and is to be awaited. */
    interface Matchers<R> {
      /** Terraform has nothing against the stack: arguments, types, references. Schema-checked. */
      toBeValidTerraform(options?: OfflineOptions): Promise<R>;
      /** Terraform plans the stack from nothing, and as many changes as are named. */
      toPlan(expected?: PlanExpectation): Promise<R>;
      /** The stack can be applied, a second plan is empty, and it can be destroyed. */
      toApplyCleanly(options?: OfflineOptions): Promise<R>;
    }
  }
}

extendExpect();
