/** The options of ajv, the same at bundle time and under test. All problems at once; what a schema misspells is an error. */
export const schemaOptions = { allErrors: true, strict: true, ownProperties: true } as const;
