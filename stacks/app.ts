import type { App } from "cdktf";
import { dev } from "./environments/dev";
import type { PlatformEnvironment } from "./environments/environment";
import { local } from "./environments/local";
import { prod } from "./environments/prod";
import { staging } from "./environments/staging";
import { LakeStack } from "./lake-stack";
import { RetrainingStack } from "./retraining-stack";

/** Every environment: one app synthesises them all, `cdktf deploy 'lake-dev'` selects by the name of the stack. */
export const ENVIRONMENTS: readonly PlatformEnvironment[] = [dev, staging, prod, local];

/** Puts the stacks of every environment into an app. */
export function buildApp(app: App): void {
  for (const environment of ENVIRONMENTS) {
    new LakeStack(app, `lake-${environment.name}`, environment);
    new RetrainingStack(app, `retraining-${environment.name}`, environment);
  }
}
