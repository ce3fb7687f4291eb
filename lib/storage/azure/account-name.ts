import type { NameRule } from "../../core/names";

/** What a storage account may be called: its name is part of a host name that all of Azure shares. */
export const ACCOUNT_NAME: NameRule = {
  rule: "3-24 lower-case letters or digits",
  pattern: /^[a-z0-9]{3,24}$/,
  maximum: 24,
  separator: "",
  sharedIn: "azure",
  source: "https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name",
};
