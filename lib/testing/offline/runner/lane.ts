import type { StackJson } from "./needs";

/** A way to give Terraform its providers. */
export interface Lane {
  /** Variables of Terraform's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether `terraform init` has to come first. */
  readonly init: boolean;
  /** Options of `plan`. */
  readonly planOptions: readonly string[];
  /** Readies the lane for a stack, and the stack for the lane: what goes into the folder of the run. */
  prepare(stack: StackJson, folder: string): Promise<Prepared>;
  /** What went wrong with the providers themselves, asked after a command failed in a way that providers fail. */
  trouble(): Promise<string | undefined>;
  close(): void;
}

/** What Terraform reads instead of the stack as it was synthesised. */
export interface Prepared {
  readonly stack: StackJson;
  readonly files: Readonly<Record<string, string>>;
}
