/** Something that stopped a run of Terraform, in one message: where, what, and what to do. */
export class OfflineTerraformError extends Error {
  public override readonly name: string = "OfflineTerraformError";
}

/** Terraform, or a provider, has something against the stack itself. */
export class TerraformRefusal extends OfflineTerraformError {
  public override readonly name = "TerraformRefusal";
}
