import { literal, matching } from "../../core/checks";

/** The problems of an account: literal, because policies name it and it decides whether there are any. */
export const accountProblems = (path: string, accountId: unknown): string[] => [
  ...literal(path, accountId),
  ...matching(path, accountId, /^\d{12}$/, "12 digits"),
];
