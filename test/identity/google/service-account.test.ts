import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { TerraformStack } from "cdktf";
import type { GooglePermission } from "../../../lib/identity/google/principal";
import { GoogleServiceAccount, type GoogleServiceAccountProps } from "../../../lib/identity/google/service-account";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { stackOn, templateOn } from "../../storage/clouds/cloud";
import { GOOGLE } from "../../storage/clouds/google";
import { lines, messageOf } from "../../support/messages";

const accountWith = (props: GoogleServiceAccountProps = {}): Template =>
  templateOn(GOOGLE, (stack) => new GoogleServiceAccount(stack, "ingest", props));
const errorOf = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(GOOGLE, app))));

const on = (role: string): GooglePermission => ({
  role,
  bind: (scope, id, member) => new StorageBucketIamMember(scope, id, { ...member, bucket: "acme" }),
});

describe("a service account", () => {
  test("has a name of its path and no role", () => {
    const template = accountWith();
    expect(template.only(ServiceAccount).attributes).toEqual({ account_id: "lake-ingest-4db33d0e" });
    template.none(StorageBucketIamMember);
  });

  test("takes a name and a description", () => {
    const template = accountWith({ accountName: "ingest-prod", description: "Copies orders" });
    expect(template.only(ServiceAccount).attributes).toEqual({
      account_id: "ingest-prod",
      description: "Copies orders",
    });
  });

  test("has a valid name wherever it stands", () => {
    const template = templateOn(GOOGLE, (stack) => {
      new GoogleServiceAccount(stack, "Sales and orders of the whole company");
    });
    expect(template.only(ServiceAccount).get("account_id")).toMatch(/^lake-sales-and-orders-[0-9a-f]{8}$/);
  });

  test.each([["short"], ["Ingest"], ["1ngest"], ["ingest-"], ["a".repeat(31)]])(
    "refuses the name %s",
    (accountName) => {
      expect(messageOf(() => accountWith({ accountName }))).toBe(
        `lake/ingest has 1 problem\n  accountName must be 6-30 lower-case letters, digits or hyphens, a letter first and no hyphen last, got "${accountName}"`,
      );
    },
  );

  test("refuses a description that is none", () => {
    const props = { accountName: "x", description: 42 };
    expect(messageOf(() => accountWith(props as never))).toBe(
      lines(
        "lake/ingest has 2 problems",
        '  accountName must be 6-30 lower-case letters, digits or hyphens, a letter first and no hyphen last, got "x"',
        "  description must be a text of at most 256 characters, got 42",
      ),
    );
  });
});

describe("a service account that exists", () => {
  test("is a member by its email", () => {
    const template = templateOn(GOOGLE, (stack) => {
      const email = "ingest@acme-prod.iam.gserviceaccount.com";
      const { grantPrincipal } = GoogleServiceAccount.fromServiceAccountAttributes(stack, "old", { email });
      grantPrincipal.allow({ verb: "read", target: "lake/pos" }, on("roles/storage.objectViewer"));
    });
    expect(template.only(StorageBucketIamMember).attributes).toEqual({
      bucket: "acme",
      member: "serviceAccount:ingest@acme-prod.iam.gserviceaccount.com",
      role: "roles/storage.objectViewer",
    });
  });

  test.each([["allUsers"], ["somebody@acme.com"], ["user:x@a.gserviceaccount.com"]])("is not %s", (email) => {
    const build = (stack: TerraformStack): void => {
      GoogleServiceAccount.fromServiceAccountAttributes(stack, "old", { email });
    };
    expect(errorOf(build)).toBe(
      `lake/old has 1 problem\n  email must be the email of a service account, ending in .gserviceaccount.com, got "${email}"`,
    );
  });
});

describe("a grant to a service account", () => {
  test.each([["roles/owner"], ["roles/editor"], ["roles/viewer"]])("is refused with %s", (role) => {
    const build = (stack: TerraformStack): void => {
      new GoogleServiceAccount(stack, "ingest").allow({ verb: "all", target: "lake/pos" }, on(role));
    };
    expect(errorOf(build)).toBe(
      `lake/ingest has 1 problem\n  role must be a role for one service, not a basic role, got "${role}"`,
    );
  });

  test("is refused with a permission that differs from the first", () => {
    const build = (stack: TerraformStack): void => {
      const account = new GoogleServiceAccount(stack, "ingest");
      account.allow({ verb: "read", target: "lake/pos" }, on("roles/storage.objectViewer"));
      account.allow({ verb: "read", target: "lake/pos" }, on("roles/storage.objectAdmin"));
    };
    expect(errorOf(build)).toBe(
      "lake/ingest has 1 problem\n  read on lake/pos must be granted with the same permission each time, got two different ones",
    );
  });
});
