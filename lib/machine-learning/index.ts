export type { AwsTrainingRoleRef } from "./references";
export { InputMode, type SpotTraining, type TrainingNetwork, type TrainingSettings } from "./training";
