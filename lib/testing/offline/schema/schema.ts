/** A type as Terraform's plugin protocol writes it: `"string"`, `["list", "string"]`, `["map", ["object", { … }]]`. */
export type TypeExpression =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", TypeExpression]
  | readonly ["object", Readonly<Record<string, TypeExpression>>];

/** One attribute of a block. */
export interface AttributeSchema {
  readonly type: TypeExpression;
  readonly required: boolean;
  readonly optional: boolean;
  /** The provider may choose the value. */
  readonly computed: boolean;
  readonly sensitive: boolean;
  /** Sent to the provider, never kept in plan or state. */
  readonly writeOnly: boolean;
}

/** A block inside a block, and how often it may stand there. */
export interface NestedBlockSchema {
  readonly nesting: "single" | "list" | "set" | "map";
  /** 0, or 1 where the block is required: bindings know no other minimum. */
  readonly minimum: 0 | 1;
  /** 1 where the bindings take a single object; undefined where they take a list. */
  readonly maximum: 1 | undefined;
  readonly block: BlockSchema;
}

/** The body of a resource, a data source, a provider or a nested block. */
export interface BlockSchema {
  readonly attributes: Readonly<Record<string, AttributeSchema>>;
  readonly blocks: Readonly<Record<string, NestedBlockSchema>>;
}

/** What a module of the bindings describes. */
export type SchemaKind = "resource" | "data" | "provider";

/** One resource type, data source or provider. */
export interface ModuleSchema {
  readonly kind: SchemaKind;
  /** `aws_s3_bucket`, for a data source too; `aws` for the provider. */
  readonly type: string;
  readonly block: BlockSchema;
}
