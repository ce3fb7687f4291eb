import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { isToken, problem } from "../../core/checks";
import { place, placementOf, type AwsPlacementProps, type Placement } from "../../core/placement";
import type { AwsBackupVaultRef } from "../references";

/** What belongs to a vault. */
interface BesideVault extends AwsPlacementProps {
  readonly vault: AwsBackupVaultRef;
}

/**
 * Records that a construct stands where its vault does, and answers with what is wrong with it: AWS Backup knows a vault
 * by its name in one region of one account.
 */
export function placeBeside(scope: Construct, { vault, region, provider }: BesideVault): string[] {
  const beside = placementBeside(scope, vault);
  const problems = place(scope, "aws", {
    region: region ?? beside.region,
    provider: provider ?? beside.provider,
  });
  return [...problems, ...regionProblems(region, vault)];
}

/** A provider stands in one stack only; a region is a word that holds in all. */
function placementBeside(scope: Construct, vault: unknown): Placement {
  if (!Construct.isConstruct(vault)) return {};
  const { region, provider } = placementOf(vault);
  const together = TerraformStack.of(vault) === TerraformStack.of(scope);
  return { ...(region !== undefined && { region }), ...(together && provider !== undefined && { provider }) };
}

const regionProblems = (region: string | undefined, vault: unknown): string[] => {
  const own = (vault as Partial<AwsBackupVaultRef> | undefined)?.region;
  return region === undefined || own === undefined || isToken(own) || region === own
    ? []
    : [problem("region", `that of the vault, ${own}`, region)];
};
