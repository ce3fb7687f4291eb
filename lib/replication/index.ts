export type { CopiedObjects } from "./prefixes";
