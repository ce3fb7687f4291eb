/** What Terraform has to say against a configuration, and where. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** `aws_s3_bucket.lake_1234ABCD`, or what Terraform calls the place. */
  readonly address: string | undefined;
}

interface Printed {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string | null } | null;
}

/**
 * The diagnostics of `validate -json`, or of a command that prints one JSON a line; each once, sorted, because Terraform looks at
 * resources side by side.
 */
export function diagnosticsIn(out: string): readonly Diagnostic[] {
  const whole = parsed(out) as { readonly diagnostics?: readonly Printed[] } | undefined;
  if (whole?.diagnostics !== undefined) return unique(whole.diagnostics);
  return unique(
    eventsIn(out).flatMap((event) => (event["type"] === "diagnostic" ? [event["diagnostic"] as Printed] : [])),
  );
}

/** The lines of `-json` output. */
export const eventsIn = (out: string): readonly Readonly<Record<string, unknown>>[] =>
  out.split("\n").flatMap((line) => {
    const event = line.startsWith("{") ? parsed(line) : undefined;
    return typeof event === "object" && event !== null ? [{ ...event }] : [];
  });

/** `Unsupported argument [aws_s3_bucket.lake]: An argument named "buket" is not expected here. Did you mean "bucket"?` */
export function describe({ summary, detail, address }: Diagnostic): string {
  const where = address === undefined ? "" : ` [${address}]`;
  return `${summary}${where}${detail === "" ? "" : `: ${detail}`}`;
}

export const errorsIn = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === "error");

function unique(printed: readonly Printed[]): readonly Diagnostic[] {
  const all = printed.map(({ severity, summary, detail, address, snippet }) => ({
    severity,
    summary,
    detail: (detail ?? "").replace(/\s+/g, " ").trim(),
    address: address ?? addressIn(snippet?.context ?? undefined),
  }));
  const distinct = new Map(all.map((one) => [describe(one), one]));
  return [...distinct].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, diagnostic]) => diagnostic);
}

/** `resource.aws_s3_bucket.lake`, as snippets of JSON configuration name the place. */
const addressIn = (context: string | undefined): string | undefined => context?.replace(/^resource\./, "");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
