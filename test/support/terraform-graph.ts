/** A stack as Terraform gets it. */
export type TerraformJson = Readonly<Record<string, unknown>>;

type Instances = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** A resource or data source with what it names. */
export interface Node {
  /** `aws_s3_bucket.raw`, `data.aws_region.here` */
  readonly address: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const instancesOf = (stack: TerraformJson, kind: "resource" | "data"): readonly Node[] =>
  Object.entries((stack[kind] ?? {}) as Instances).flatMap(([type, instances]) =>
    Object.entries(instances).map(([name, attributes]) => ({
      address: `${kind === "data" ? "data." : ""}${type}.${name}`,
      name,
      attributes,
    })),
  );

/** All resources and data sources of a stack. */
export const nodesOf = (stack: TerraformJson): readonly Node[] => [
  ...instancesOf(stack, "resource"),
  ...instancesOf(stack, "data"),
];

/** All texts of a value, wherever they stand. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : textsOf(inner)));
}

/** The expressions of a text, texts inside them left out: `${element(split(":", aws_sqs_queue.q.arn), 4)}`. */
const expressionsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, expression = ""]) =>
    expression.replace(/\\?"(?:[^"\\]|\\.)*?\\?"/g, '""'),
  );

const REFERENCE = /(?<![\w.-])(data\.)?([a-z][a-z0-9]*_[a-z0-9_]+|var|local|module)\.([A-Za-z_][\w-]*)/g;

/** Addresses that expressions of a value name. */
export const referencesIn = (value: unknown): readonly string[] => [
  ...new Set(
    textsOf(value)
      .flatMap(expressionsOf)
      .flatMap((expression) =>
        [...expression.matchAll(REFERENCE)].map(([, data = "", type = "", name = ""]) => `${data}${type}.${name}`),
      ),
  ),
];

/** What a resource cannot be without: its references and what it waits for. */
const edgesOf = ({ attributes }: Node): readonly string[] => [
  ...new Set([...referencesIn(attributes), ...((attributes["depends_on"] ?? []) as readonly string[])]),
];

/** References, waits and providers that lead to nothing in the stack. */
export function danglingReferences(stack: TerraformJson): readonly string[] {
  const nodes = nodesOf(stack);
  const variables = Object.keys(stack["variable"] ?? {}).map((name) => `var.${name}`);
  const locals = Object.keys(stack["locals"] ?? {}).map((name) => `local.${name}`);
  const known = new Set([...nodes.map(({ address }) => address), ...variables, ...locals, ...providersOf(stack)]);
  const inNodes = nodes.flatMap((node) =>
    [...edgesOf(node), ...providerOf(node)].filter((one) => !known.has(one)).map((one) => `${node.address} → ${one}`),
  );
  const elsewhere = Object.entries(stack)
    .filter(([section]) => section !== "resource" && section !== "data")
    .flatMap(([section, value]) =>
      referencesIn(value)
        .filter((one) => !known.has(one))
        .map((one) => `${section} → ${one}`),
    );
  return [...inNodes, ...elsewhere];
}

const providerOf = ({ attributes }: Node): readonly string[] =>
  typeof attributes["provider"] === "string" ? [`provider ${attributes["provider"]}`] : [];

const providersOf = (stack: TerraformJson): readonly string[] =>
  Object.entries((stack["provider"] ?? {}) as Readonly<Record<string, readonly { readonly alias?: string }[]>>).flatMap(
    ([type, blocks]) => blocks.map(({ alias }) => `provider ${alias === undefined ? type : `${type}.${alias}`}`),
  );

/** Resources that wait for each other, as a path that ends where it began; nothing when there are none. */
export function cycleIn(stack: TerraformJson): readonly string[] | undefined {
  const edges = new Map(nodesOf(stack).map((node) => [node.address, edgesOf(node)]));
  const done = new Set<string>();
  const visit = (address: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(address)) return [...way.slice(way.indexOf(address)), address];
    if (done.has(address)) return undefined;
    for (const next of edges.get(address) ?? []) {
      const cycle = visit(next, [...way, address]);
      if (cycle) return cycle;
    }
    done.add(address);
    return undefined;
  };
  for (const address of edges.keys()) {
    const cycle = visit(address, []);
    if (cycle) return cycle;
  }
  return undefined;
}
