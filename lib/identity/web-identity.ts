import { matching } from "../core/checks";

/**
 * Where the tokens of Google's identities come from, as other clouds are told.
 * https://cloud.google.com/storage-transfer/docs/source-microsoft-azure#federated_identity
 */
export const GOOGLE_ISSUER = "https://accounts.google.com";

/** The problems of the number by which tokens name an identity of Google; an email is none, because it can be given again. */
export const subjectProblems = (path: string, subjectId: unknown): string[] =>
  matching(path, subjectId, /^\d{10,40}$/, "the number of an identity of Google (its subject id, digits alone)");
