/** What the runner and the process of the stand-ins tell each other. */

/** One provider of a stack, and what the stack uses of it. */
export interface ProviderNeed {
  /** As Terraform is told: `hashicorp/aws`. */
  readonly source: string;
  /** As the bindings are named: `aws`. */
  readonly provider: string;
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
}

/** Asks for stand-ins. */
export interface ServeRequest {
  readonly id: number;
  /** A folder of the project in which the bindings are installed. */
  readonly project: string;
  readonly providers: readonly ProviderNeed[];
  /** Every type there is, not only those in use. */
  readonly everything: boolean;
}

/** Where each provider answers, or why not. */
export type ServeReply =
  | { readonly id: number; readonly ports: Readonly<Record<string, number>> }
  | { readonly id: number; readonly refused: string };
