import { type Condition } from "./statement";

/** Who may assume a role. */
export interface Trust {
  readonly principal: Readonly<Partial<Record<"Service" | "AWS" | "Federated", string>>>;
  readonly action: "sts:AssumeRole" | "sts:AssumeRoleWithWebIdentity";
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

/** The trust policy of a role. */
export const trustDocument = ({ principal, action, condition }: Trust): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: action, ...(condition && { Condition: condition }) }],
  });
