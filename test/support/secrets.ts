import { nodesOf, textsOf, type TerraformJson } from "./terraform-graph";

/** What a credential looks like; names of the vendors' own detectors. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  "AWS access key id": /\b(AKIA|ASIA|AGPA|AROA|AIDA)[A-Z2-7]{16}\b/,
  "AWS secret access key": /aws_?secret_?(access_?)?key["'\s:=]+[A-Za-z0-9/+]{40}/i,
  "private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "Google service account key": /"private_key_id"|"type"\s*:\s*"service_account"/,
  "Google API key": /\bAIza[0-9A-Za-z_-]{35}\b/,
  "Azure account key": /AccountKey=[A-Za-z0-9+/=]{40,}/i,
  "Azure shared access signature": /[?&]sig=[A-Za-z0-9%+/=]{30,}/i,
  "GitHub token": /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  "Slack token": /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/,
  "JSON web token": /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  "password in an address": /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/$]+:[^\s@/$]+@/i,
};

/** Resources that are a long-lived credential, whose secret part would lie in the state. */
const CREDENTIALS = ["aws_iam_access_key", "aws_iam_user", "google_service_account_key", "azurerm_storage_account_sas"];

/** Arguments of provider blocks that hold a credential; roles and workload identities need none. */
const PROVIDER_CREDENTIALS =
  /^(access_key|secret_key|token|credentials|access_token|client_secret|client_certificate_password)$/;

/** Secrets in a stack: what, and where it begins. */
export function secretsIn(stack: TerraformJson): readonly string[] {
  const texts = textsOf(stack).flatMap((text) =>
    Object.entries(SECRETS)
      .filter(([, pattern]) => pattern.test(text))
      .map(([kind]) => kind),
  );
  const resources = nodesOf(stack)
    .map(({ address }) => address)
    .filter((address) => CREDENTIALS.some((type) => address.split(".").includes(type)));
  const providers = Object.entries((stack["provider"] ?? {}) as Readonly<Record<string, readonly object[]>>).flatMap(
    ([type, blocks]) =>
      blocks.flatMap((block) =>
        Object.keys(block)
          .filter((argument) => PROVIDER_CREDENTIALS.test(argument))
          .map((argument) => `provider ${type}.${argument}`),
      ),
  );
  return [...texts, ...resources, ...providers];
}
