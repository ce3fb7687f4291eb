import { Fn, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken } from "../../core/checks";
import { environmentOf, environmentProvider } from "../../core/environment";
import type { AwsPlacementProps, PlacementProps } from "../../core/placement";

/** Where the parts of `arn:aws:sqs:eu-west-1:123456789012:orders` stand. */
const PART = { region: 3, account: 4, resource: 5 } as const;

/** A part of an ARN: cut out at synthesis where the ARN is a literal, by Terraform where it is not. */
export const arnPart = (arn: string, part: keyof typeof PART): string =>
  isToken(arn) ? Token.asString(Fn.element(Fn.split(":", arn), PART[part])) : (arn.split(":")[PART[part]] ?? "");

/** Region and account of a construct's own resource. */
export interface AwsStanding {
  readonly region: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
}

/**
 * Account and region that the environment declares for a construct. A provider of the construct's own may belong to
 * another account and region, so the environment then says nothing about it.
 */
export const declaredStanding = (
  scope: IConstruct,
  { provider }: PlacementProps,
): { readonly accountId: string; readonly region: string } | undefined =>
  provider === undefined || provider === environmentProvider(scope, "aws") ? environmentOf(scope)?.aws : undefined;

/** Where an own resource stands: as declared, else as its ARN says. */
export function standing(scope: IConstruct, props: AwsPlacementProps, arn: string): AwsStanding {
  const declared = declaredStanding(scope, props);
  return {
    region: props.region ?? declared?.region ?? arnPart(arn, "region"),
    ...(declared && { accountId: declared.accountId }),
  };
}
