import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { TerraformStack } from "cdktf";
import { DataRemoval } from "../../../lib/core/data-removal";
import { GoogleKey, KeyProtection, type GoogleKeyProps } from "../../../lib/encryption/google/key";
import { GoogleServiceAccount } from "../../../lib/identity/google/service-account";
import { GoogleBucket } from "../../../lib/storage/google/bucket";
import { BucketEncryption } from "../../../lib/storage/google/encryption";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { DEV, stackOn, templateOn } from "../../storage/clouds/cloud";
import { GOOGLE } from "../../storage/clouds/google";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";

const keyWith = (props: GoogleKeyProps = {}): Template =>
  templateOn(GOOGLE, (stack) => new GoogleKey(stack, "objects", props));
const templateOf = (build: (stack: TerraformStack) => unknown): Template => templateOn(GOOGLE, build);

const KEY_NAME = "projects/acme/locations/europe-west1/keyRings/lake/cryptoKeys/objects";
const AGENT = { service: "storage", member: "serviceAccount:service-1@gs-project-accounts.iam.gserviceaccount.com" };
const STORAGE_AGENT = "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com";

describe("a key of Google", () => {
  test("is rotated every 90 days, kept, and 30 days in destruction", () => {
    const template = keyWith();
    expect(template.only(KmsCryptoKey).attributes).toEqual({
      destroy_scheduled_duration: "2592000s",
      key_ring: "${google_kms_key_ring.objects_KeyRing_EA1CE69B.id}",
      labels: { "cost-center": "data-42", environment: "prod" },
      lifecycle: { prevent_destroy: true },
      name: "lake-objects-9783fa45",
      purpose: "ENCRYPT_DECRYPT",
      rotation_period: "7776000s",
      version_template: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protection_level: "SOFTWARE" },
    });
    expect(template.only(KmsKeyRing).attributes).toEqual({
      lifecycle: { prevent_destroy: true },
      location: "europe-west1",
      name: "lake-objects-9783fa45",
    });
  });

  test("takes what is said of it", () => {
    const template = keyWith({
      keyName: "orders",
      location: "us",
      rotationDays: 30,
      destructionDelayDays: 7,
      protection: KeyProtection.HSM,
    });
    expect(template.only(KmsKeyRing).get("location")).toBe("us");
    expect(template.only(KmsCryptoKey).attributes).toMatchObject({
      name: "orders",
      rotation_period: "2592000s",
      destroy_scheduled_duration: "604800s",
      version_template: { protection_level: "HSM" },
    });
  });

  test("may live in the ring of another one", () => {
    const template = templateOf((stack) => {
      const first = new GoogleKey(stack, "first");
      const second = new GoogleKey(stack, "second", { keyRing: first.keyRing });
      expect(second.location).toBe("europe-west1");
    });
    const ring = template.only(KmsKeyRing);
    expect(template.all(KmsCryptoKey).map((key) => key.get("key_ring"))).toEqual(
      Array.from({ length: 2 }, () => `\${${ring.address}.id}`),
    );
  });

  test("goes with both keys turned, and is the same key until then", () => {
    const app = synthApp((app) => {
      new GoogleKey(stackOn(GOOGLE, app, "lake", DEV), "objects", { dataRemoval: DataRemoval.DESTROY });
    });
    const template = Template.of(app.stack("lake"));
    expect(template.only(KmsCryptoKey).has("lifecycle")).toBe(false);
    expect(template.only(KmsKeyRing).has("lifecycle")).toBe(false);
    expect(template.only(KmsCryptoKey).get("destroy_scheduled_duration")).toBe("2592000s");
  });

  test("keeps its addresses", () => {
    expect(
      templateOf((stack) => {
        new GoogleKey(stack, "objects").admitAgent(AGENT);
      }).addresses(),
    ).toEqual([
      "google_kms_crypto_key.objects_7623FC4F",
      "google_kms_crypto_key_iam_member.objects_storage-agent-e99c070f_86011842",
      "google_kms_key_ring.objects_KeyRing_EA1CE69B",
    ]);
  });

  test("is granted for direct use, below the grantee", () => {
    const template = templateOf((stack) => {
      const key = new GoogleKey(stack, "objects");
      const account = new GoogleServiceAccount(stack, "ingest");
      key.grants.encrypt(account);
      key.grants.decrypt(account);
      key.grants.encryptDecrypt(account);
    });
    const members = template.all(KmsCryptoKeyIamMember);
    expect(members.map((member) => member.get("role"))).toEqual([
      "roles/cloudkms.cryptoKeyDecrypter",
      "roles/cloudkms.cryptoKeyEncrypter",
      "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    ]);
    expect(members.map(({ path }) => path.split("/")[0])).toEqual(Array.from({ length: 3 }, () => "ingest"));
  });
});

describe("a key of buckets", () => {
  const twoBuckets = synthApp((app) => {
    const keys = stackOn(GOOGLE, app, "keys");
    const stack = stackOn(GOOGLE, app);
    const key = new GoogleKey(keys, "objects");
    const encryption = BucketEncryption.key(key);
    new GoogleBucket(keys, "beside", { encryption });
    for (const id of ["pos", "orders"]) new GoogleBucket(stack, id, { encryption });
  });
  const keys = Template.of(twoBuckets.stack("keys"));

  test("lets the agent of Cloud Storage in once, with exactly what it needs", () => {
    expect(keys.only(KmsCryptoKeyIamMember).attributes).toEqual({
      crypto_key_id: `\${${keys.only(KmsCryptoKey).address}.id}`,
      member: STORAGE_AGENT,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    });
  });

  test("does so before a bucket of its own stack is made", () => {
    expect(keys.only(StorageBucket).get("depends_on")).toEqual([keys.only(KmsCryptoKeyIamMember).address]);
    expect(keys.only(StorageBucket).get("encryption")).toEqual({
      default_kms_key_name: `\${${keys.only(KmsCryptoKey).address}.id}`,
    });
  });

  test("serves buckets of other stacks, which wait for its stack alone", () => {
    const stack = twoBuckets.stack("lake");
    expect(Template.of(stack).all(StorageBucket)).toHaveLength(2);
    Template.of(stack).none(KmsCryptoKeyIamMember);
    expect(danglingReferences(stack)).toEqual([]);
  });
});

describe("a key of Google that exists", () => {
  const bucketWith = (agentsAdmitted?: boolean): Template =>
    templateOf((stack) => {
      const key = GoogleKey.fromKeyAttributes(stack, "old", { keyName: KEY_NAME, agentsAdmitted });
      new GoogleBucket(stack, "pos", { encryption: BucketEncryption.key(key) });
    });

  test("is used where its owner is said to have let the agent in", () => {
    const template = bucketWith(true);
    template.none(KmsCryptoKeyIamMember);
    expect(template.only(StorageBucket).get("encryption.default_kms_key_name")).toBe(KEY_NAME);
  });

  test("fails with what its owner has to grant", () => {
    expect(messageOf(() => bucketWith())).toBe(
      `lake/old has 1 problem\n  the key must be opened to the service agent by its owner, because the key is only referred to here, got the use by storage; the owner grants roles/cloudkms.cryptoKeyEncrypterDecrypter to ${STORAGE_AGENT}, and agentsAdmitted: true says here that it is done`,
    );
  });

  test("is granted for direct use", () => {
    const template = templateOf((stack) =>
      GoogleKey.fromKeyAttributes(stack, "old", { keyName: KEY_NAME }).grants.decrypt(
        new GoogleServiceAccount(stack, "ingest"),
      ),
    );
    expect(template.only(KmsCryptoKeyIamMember).get("crypto_key_id")).toBe(KEY_NAME);
  });

  test("fails without its whole name", () => {
    expect(
      messageOf(() => templateOf((stack) => GoogleKey.fromKeyAttributes(stack, "old", { keyName: "objects" }))),
    ).toBe(
      'lake/old has 1 problem\n  keyName must be the resource name of a key (projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>), got "objects"',
    );
  });
});

describe("fails on", () => {
  test("every wrong prop at once", () => {
    const wrong = {
      keyName: "a b",
      keyRing: "ring",
      location: "us",
      rotationDays: 0,
      destructionDelayDays: 121,
      protection: "EXTERNAL",
      dataRemoval: "remove",
    };
    expect(messageOf(() => keyWith(wrong as never))).toBe(
      lines(
        "lake/objects has 7 problems",
        '  keyName must be 1-63 letters, digits or any of _-, got "a b"',
        '  keyRing must be a ring, such as the keyRing of a key, got "ring"',
        '  location must be left out where the ring is given, because a key is kept where its ring is, got "us"',
        "  rotationDays must be a whole number from 1 to 36500 days, got 0",
        "  destructionDelayDays must be a whole number from 1 to 120 days, got 121",
        '  protection must be one of "SOFTWARE", "HSM", got "EXTERNAL"',
        '  dataRemoval must be one of "keep", "destroy", got "remove"',
      ),
    );
  });

  test("a key of another region than the bucket's", () => {
    const build = (stack: TerraformStack): void => {
      const key = new GoogleKey(stack, "objects", { location: "europe-west4" });
      new GoogleBucket(stack, "pos", { encryption: BucketEncryption.key(key) });
    };
    expect(messageOf(() => templateOf(build))).toBe(
      'lake/pos has 1 problem\n  encryption must be a key in the bucket\'s location "europe-west1", got "europe-west4"',
    );
  });
});
