import type { Template } from "../../lib/testing/template";

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy as Terraform will render it: the quotes inside its expressions are turned, so that it parses before. */
export function statementsOf(policy: unknown): readonly Statement[] {
  const text = String(policy).replace(/\$\{[^}]*\}/g, (expression) => expression.replaceAll('"', "'"));
  return (JSON.parse(text) as { readonly Statement: readonly Statement[] }).Statement;
}

/** The policies of every kind that a stack writes, by address. */
export const policiesOf = (
  template: Template,
  types: readonly { readonly tfResourceType: string }[],
): readonly Statement[] =>
  types.flatMap((type) => template.all(type).flatMap((block) => statementsOf(block.get("policy"))));
