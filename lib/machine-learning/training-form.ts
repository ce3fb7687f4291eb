import { literal, matching, problem, wholeNumber } from "../core/checks";

/** The form of a text as a JSON schema says it. */
export interface TextForm {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** The range of a number as a JSON schema says it, with its unit in words. */
export interface NumberForm {
  readonly minimum: number;
  readonly maximum: number;
  readonly unit?: string;
}

/** A text of a form; `rule` says the form in words. Tokens pass. */
export function formProblems(path: string, value: unknown, form: TextForm, rule: string): string[] {
  const wrong = matching(path, value, new RegExp(form.pattern ?? "", "u"), rule);
  if (wrong.length > 0 || typeof value !== "string" || literal(path, value).length > 0) return wrong;
  const { minLength = 0, maxLength = Infinity } = form;
  return value.length >= minLength && value.length <= maxLength ? [] : [problem(path, rule, value)];
}

/** A whole number of a range. A token would be lost: the settings of a job travel in one JSON text. */
export const rangeProblems = (path: string, value: unknown, range: NumberForm): string[] =>
  literal(path, value).length > 0
    ? [problem(path, "a literal number, because it travels in a JSON text", value)]
    : wholeNumber(path, value, range);
