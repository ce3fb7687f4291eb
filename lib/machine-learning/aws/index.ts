export { TrainingRole, type BucketFolder, type TrainingRoleProps } from "./training-role";
