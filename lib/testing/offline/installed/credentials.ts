import { NOBODY } from "./identity-endpoint";

/** What makes the three providers plan without an account: nothing of it would be accepted by a cloud. */
export const dummyCredentials = (identityUrl: string): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: "offline",
  AWS_SECRET_ACCESS_KEY: "offline",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "1",
  AWS_REGION: "us-east-1",
  GOOGLE_OAUTH_ACCESS_TOKEN: "offline",
  GOOGLE_PROJECT: "offline-project",
  ARM_USE_MSI: "true",
  ARM_USE_CLI: "false",
  ARM_MSI_ENDPOINT: identityUrl,
  ARM_TENANT_ID: NOBODY,
  ARM_SUBSCRIPTION_ID: NOBODY,
  ARM_RESOURCE_PROVIDER_REGISTRATIONS: "none",
  ARM_PROVIDER_ENHANCED_VALIDATION: "false",
});

type Arguments = Readonly<Record<string, unknown>>;

/** The ways in which a provider block says who it is; each gives way to the dummies. */
const IDENTITY: Readonly<Record<string, RegExp>> = {
  aws: /^(assume_role|assume_role_with_web_identity|profile|shared_config_files|shared_credentials_files|allowed_account_ids|forbidden_account_ids)$/,
  azurerm: /^(client_|use_|oidc_|msi_|tenant_id|subscription_id|metadata_host|resource_provider)/,
  google: /^(credentials|impersonate_service_account|external_credentials)/,
};

const OFFLINE: Readonly<Record<string, Arguments>> = {
  aws: {
    access_key: "offline",
    secret_key: "offline",
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
  },
  google: { access_token: "offline" },
  azurerm: {},
};

/** Provider blocks as they are, but for who they say they are. */
export function withDummyCredentials(providers: Arguments): Arguments {
  return Object.fromEntries(
    Object.entries(providers).map(([name, blocks]) => [
      name,
      (Array.isArray(blocks) ? blocks : [blocks]).map((block) => anonymous(name, block as Arguments)),
    ]),
  );
}

function anonymous(provider: string, block: Arguments): Arguments {
  const family = provider === "google-beta" ? "google" : provider;
  const identity = IDENTITY[family];
  const kept = Object.entries(block).filter(([name]) => identity?.test(name) !== true);
  return { ...Object.fromEntries(kept), ...OFFLINE[family] };
}
