import type { NameRule } from "../../core/names";

/** Of a factory: taken for all customers of Azure. */
export const FACTORY_NAME: NameRule = {
  rule: "3-63 letters, digits or hyphens, a letter or digit first and last",
  pattern: /^[A-Za-z0-9](-?[A-Za-z0-9]){2,62}$/,
  maximum: 63,
  sharedIn: "azure",
  source:
    "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftdatafactory",
};

/** Of an integration runtime. https://learn.microsoft.com/azure/data-factory/naming-rules */
export const RUNTIME_NAME: NameRule = {
  rule: "3-63 letters, digits or hyphens, a letter or digit first and last",
  pattern: /^[A-Za-z0-9](-?[A-Za-z0-9]){2,62}$/,
  maximum: 63,
  source: "https://learn.microsoft.com/azure/data-factory/naming-rules",
};

/** Of what is inside a factory: linked services, datasets, pipelines, triggers, private endpoints. */
export const PART_NAME: NameRule = {
  rule: "1-64 letters, digits or underscores, a letter first",
  pattern: /^[A-Za-z]\w{0,63}$/,
  maximum: 64,
  separator: "_",
  source: "https://learn.microsoft.com/azure/data-factory/naming-rules",
};
