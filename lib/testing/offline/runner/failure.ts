/** Something that stopped a run of Terraform, in one message: where, what, and what to do. */
export class OfflineTerraformError extends Error {
  public override readonly name = "OfflineTerraformError";
}
