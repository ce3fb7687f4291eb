export {
  filesOf,
  synthApp,
  type Annotation,
  type StackFiles,
  type SynthesisedApp,
  type SynthesisedStack,
} from "./synth";
export { Block, Template, type Selection, type TerraformType } from "./template";
