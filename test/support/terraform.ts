import { findTerraform } from "../../lib/testing/offline/runner/binary";

/** Whether the tests that run Terraform are left out: none is installed, and nobody says that one should be. */
const withoutTerraform = (env: NodeJS.ProcessEnv = process.env): boolean =>
  findTerraform(env) === undefined && env["CLOUD_CONDUCTOR_TERRAFORM_REQUIRED"] !== "1";

/** jest's `describe`; without a Terraform its tests are skipped, and the end of the run says so in one line. */
export const describeWithTerraform: jest.Describe = withoutTerraform() ? describe.skip : describe;
