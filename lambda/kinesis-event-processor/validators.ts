import { compileSchemas } from "../shared/schema";
import { schemas } from "./contract";

/** Replaced by code compiled ahead when the handler is bundled. */
export const validators = compileSchemas(schemas);
