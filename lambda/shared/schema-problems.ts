/** The problems of a document as texts. Loads no ajv: compiled validators are bundled without their compiler. */

/** The document's problems as `<JSON pointer> <rule>`, without any value of it; empty: it is valid. */
export type Validator = (data: unknown) => readonly string[];

/** A compiled schema as ajv returns it. */
export interface CompiledSchema {
  (data: unknown): unknown;
  errors?: readonly SchemaError[] | null;
}

interface SchemaError {
  readonly instancePath: string;
  readonly message?: string;
}

const problemsLimit = 20;

/** Names in a pointer come from the data: long ones are cut and control characters leave. */
const pointer = (path: string): string => (path === "" ? "(root)" : path.replace(/\p{Cc}/gu, "?").slice(0, 200));

/** At most 20 problems, in the order of the schema. */
export function validatorOf(validate: CompiledSchema): Validator {
  return (data) => {
    if (validate(data) === true) return [];
    const errors = validate.errors ?? [];
    return errors
      .slice(0, problemsLimit)
      .map(({ instancePath, message }) => `${pointer(instancePath)} ${message ?? "is not valid"}`);
  };
}
