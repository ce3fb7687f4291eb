import { environmentBytesLimit } from "../../../lambda/shared/format/environment";
import { isToken, literal, matching, object, problem, text } from "../../core/checks";

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const VARIABLE = /^[A-Za-z]\w+$/;
/** Names that Lambda sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED = /^(AWS_|LAMBDA_|_HANDLER$|_X_AMZN_|TZ$)/;

/** The problems of a function's variables. What a token will hold is not counted. */
export function environmentProblems(path: string, environment: Readonly<Record<string, string>>): string[] {
  const shape = object(path, environment);
  if (shape.length > 0) return shape;
  const each = Object.entries(environment).flatMap(([name, value]) => [
    ...nameProblems(path, name),
    ...text(`${path}.${name}`, value),
  ]);
  return each.length > 0 ? each : sizeProblems(path, environment);
}

function nameProblems(path: string, name: string): string[] {
  const token = literal(`${path} name`, name);
  if (token.length > 0) return token;
  if (RESERVED.test(name)) return [problem(`${path} name`, "one that Lambda does not keep for itself", name)];
  return matching(`${path} name`, name, VARIABLE, "letters, digits and underscores, beginning with a letter");
}

function sizeProblems(path: string, environment: Readonly<Record<string, string>>): string[] {
  const known = Object.entries(environment).flat();
  const bytes = known.reduce((sum, part) => sum + (isToken(part) ? 0 : Buffer.byteLength(part)), 0);
  return bytes <= environmentBytesLimit
    ? []
    : [problem(path, `at most ${String(environmentBytesLimit)} bytes of names and values together`, bytes)];
}
