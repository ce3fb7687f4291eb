import { isToken, object, oneOf, problem } from "../../core/checks";
import type { Condition } from "./statement";

/** Who may assume a role. */
export interface Trust {
  /** A service, an account or role, or an identity provider; never everybody. */
  readonly principal: Readonly<Partial<Record<"Service" | "AWS" | "Federated", string>>>;
  /** With a web identity for what is federated. */
  readonly action: "sts:AssumeRole" | "sts:AssumeRoleWithWebIdentity";
  /** @default - whenever the principal asks */
  readonly condition?: Condition;
}

/** For whom a service may assume the role: without it any account's resource could use the service as its deputy. */
export interface ServiceTrustScope {
  /** ARN of the resource, or a pattern of it, that the service acts for. @default - any resource of the account */
  readonly sourceArn?: string;
  /** @default - the account of `sourceArn` */
  readonly sourceAccount?: string;
}

/** Trust in a service, scoped against the confused deputy. */
export function trustService(service: string, { sourceArn, sourceAccount }: ServiceTrustScope = {}): Trust {
  const condition: Condition = {
    ...(sourceArn !== undefined && { ArnLike: { "aws:SourceArn": sourceArn } }),
    ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
  };
  const scoped = Object.keys(condition).length > 0;
  return { principal: { Service: service }, action: "sts:AssumeRole", ...(scoped && { condition }) };
}

/**
 * Trust in one identity of Google, which comes with a token instead of a key.
 * https://cloud.google.com/storage-transfer/docs/source-amazon-s3#federated_identity
 *
 * @param subjectId the number that its tokens carry as their subject
 */
export const trustGoogle = (subjectId: string): Trust => ({
  principal: { Federated: "accounts.google.com" },
  action: "sts:AssumeRoleWithWebIdentity",
  condition: { StringEquals: { "accounts.google.com:sub": subjectId } },
});

/** The trust policy of a role. */
export const trustDocument = ({ principal, action, condition }: Trust): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: action, ...(condition && { Condition: condition }) }],
  });

/** What each kind of principal looks like. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const PRINCIPALS = {
  Service: { pattern: /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/, rule: "a service such as lambda.amazonaws.com" },
  AWS: { pattern: /^(\d{12}|arn:[^*]+)$/, rule: "an account of 12 digits or an ARN without a wildcard" },
  Federated: {
    pattern: /^(arn:[^*]+|[a-z0-9.-]+\.[a-z]+)$/,
    rule: "the ARN of an identity provider or a domain such as accounts.google.com",
  },
} as const;

const ACTIONS: readonly Trust["action"][] = ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"];

/** What is wrong with a trust: anybody in it, or nobody. */
export function trustProblems(path: string, trust: Trust): readonly string[] {
  const shape = [trust, (trust as Partial<Trust> | undefined)?.principal].flatMap((value, index) =>
    object(index === 0 ? path : `${path}.principal`, value),
  );
  if (shape.length > 0) return shape.slice(0, 1);
  const named = Object.entries(trust.principal);
  const kinds = named.flatMap(([kind, name]) => principalProblems(`${path}.principal`, kind, name));
  const nobody = named.length === 0 ? [problem(`${path}.principal`, "somebody", trust.principal)] : [];
  return [...nobody, ...kinds, ...oneOf(`${path}.action`, trust.action, ACTIONS)];
}

function principalProblems(path: string, kind: string, name: unknown): readonly string[] {
  const unknown = oneOf(path, kind, Object.keys(PRINCIPALS));
  if (unknown.length > 0 || isToken(name)) return unknown;
  const { pattern, rule } = PRINCIPALS[kind as keyof typeof PRINCIPALS];
  return typeof name === "string" && pattern.test(name) ? [] : [problem(`${path}.${kind}`, rule, name)];
}
