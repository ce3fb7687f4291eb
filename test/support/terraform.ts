import { findTerraform } from "../../lib/testing/offline/runner/binary";

/** None is installed, and nobody says that one should be. */
const without = findTerraform() === undefined && process.env["CLOUD_CONDUCTOR_TERRAFORM_REQUIRED"] !== "1";

/** jest's `describe`; without a Terraform its tests are skipped, and the end of the run says so in one line. */
export const describeWithTerraform: jest.Describe = without ? describe.skip : describe;
