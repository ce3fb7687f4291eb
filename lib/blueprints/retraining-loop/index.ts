export type { RetrainingLoopSettings } from "./retraining-loop";
