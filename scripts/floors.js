"use strict";
/**
 * Who may import whom, as one pure function. The lint rule (scripts/eslint-imports.js) and test/architecture.test.ts both
 * ask it, so that an editor and a pull request give the same answer.
 */
const { isRepositoryFile, packageOf, placeOf } = require("./places");

/**
 * @typedef {import("./places").Cloud} Cloud
 * @typedef {import("./places").Floor} Floor
 * @typedef {import("./places").Package} Package
 * @typedef {import("./places").Place} Place
 * @typedef {string | undefined} Reason why not, or nothing when it may
 * @typedef {Exclude<Floor, "test" | "configuration">} RuledFloor tests and the configuration of tools import anything
 */

/** Classes of these may be used by those further right and by every other capability, within one cloud. */
const RANKED_CAPABILITIES = ["identity", "encryption", "monitoring", "network", "storage", "streaming", "functions"];

/**
 * What a capability needs besides node, cdktf, constructs and the provider of its cloud.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const PACKAGES_OF_CAPABILITY = { functions: ["esbuild", "fflate"] };

const HOMES = "a file stands in core, testing, a capability, a blueprint, lambda/shared or a handler";

/**
 * Why a file must not import another file or a package.
 *
 * @param {string} fromFile the importing file, relative to the repository: `lib/storage/aws/bucket.ts`
 * @param {string} toFileOrPackage a file of the repository (`lib/core/errors.ts`), or a package as the import names it
 *   (`node:fs`, `@cdktf/provider-aws/lib/s3-bucket`)
 * @returns {string | undefined} `<from> must not import <to>: <rule>`, or nothing when it may
 */
function importProblem(fromFile, toFileOrPackage) {
  const from = placeOf(fromFile);
  const reason = isRepositoryFile(toFileOrPackage)
    ? fileReason(from, placeOf(toFileOrPackage))
    : packageReason(from, packageOf(toFileOrPackage));
  return reason === undefined ? undefined : `${fromFile} must not import ${toFileOrPackage}: ${reason}`;
}

// ------------------------------------------------------------------------------------------------------ files of our own

/** @type {Readonly<Record<RuledFloor, (from: Place, to: Place) => Reason>>} */
const FILE_RULES = {
  homeless: () => HOMES,
  core: (_, to) => unless(["core", "format"], to, "lib/core imports itself and lambda/shared/format alone"),
  testing: (_, to) => unless(["testing", "core"], to, "lib/testing imports itself and lib/core alone"),
  capability: capabilityReason,
  blueprint: blueprintReason,
  format: (_, to) => unless(["format"], to, "lambda/shared/format imports itself alone"),
  shared: (_, to) => unless(["format", "shared"], to, "lambda/shared imports itself alone and knows no handler"),
  contract: (_, to) => unless(["format"], to, "a contract imports lambda/shared/format alone"),
  handler: handlerReason,
  stacks: stackReason,
  scripts: () => undefined,
  examples: (_, to) => unless(["examples"], to, "examples import the package by name, as users do"),
};

/** @param {Place} from @param {Place} to @returns {Reason} */
function fileReason(from, to) {
  if (from.floor === "test" || from.floor === "configuration") return undefined;
  return targetReason(to) ?? FILE_RULES[from.floor](from, to);
}

/** What nothing but a test imports. @param {Place} to @returns {Reason} */
function targetReason(to) {
  if (to.floor === "homeless") return HOMES;
  if (to.floor === "test") return "only tests import tests";
  if (/^lambda\/[^/]+\/index\.ts$/.test(to.path)) return "only tests import the composition root of a handler";
  if (!/^lib\/.*\/index\.ts$/.test(to.path)) return undefined;
  return "index.ts is a package entry point; import the file that holds the name";
}

/** @param {readonly Floor[]} floors @param {Place} to @param {string} reason @returns {Reason} */
function unless(floors, to, reason) {
  return floors.includes(to.floor) ? undefined : reason;
}

/** What capabilities and blueprints of every cloud lean on. @param {Place} to */
function isCommonGround(to) {
  return to.floor === "core" || to.floor === "format" || to.floor === "contract";
}

/** @param {Place} from @param {Place} to @returns {Reason} */
function capabilityReason(from, to) {
  if (isCommonGround(to)) return undefined;
  if (to.floor !== "capability") {
    return "a capability imports lib/core, lambda/shared/format, contracts and capabilities alone";
  }
  if (from.cloud === undefined) return meaningReason(from, to);
  if (to.cloud === undefined) return undefined;
  if (to.cloud !== from.cloud) return otherCloud(from.cloud);
  return to.name === from.name || rank(to) < rank(from) ? undefined : rankReason(from, to);
}

/** @param {Place} from @param {Place} to @returns {Reason} */
function meaningReason(from, to) {
  if (to.name === from.name && to.cloud === undefined) return undefined;
  return `a neutral file of ${from.name} imports lib/core and the neutral files beside it alone`;
}

/** @param {Place} place */
function rank(place) {
  const index = RANKED_CAPABILITIES.indexOf(place.name);
  return index < 0 ? RANKED_CAPABILITIES.length : index;
}

/** @param {Place} from @param {Place} to */
function rankReason(from, to) {
  const order = `${RANKED_CAPABILITIES.join(" < ")} < the rest, which never import each other`;
  return `${to.name} does not rank below ${from.name} (${order}); take a reference of lib/${to.name}/references.ts`;
}

/** @param {Cloud} cloud */
function otherCloud(cloud) {
  return `a file of ${cloud} names nothing of another cloud; take the neutral reference`;
}

/** @param {Place} from @param {Place} to @returns {Reason} */
function blueprintReason(from, to) {
  if (isCommonGround(to)) return undefined;
  if (to.floor === "blueprint" && to.name !== from.name) return "blueprints never import each other";
  if (to.floor !== "capability" && to.floor !== "blueprint") {
    return "a blueprint imports lib/core, lambda/shared/format, contracts, capabilities and itself alone";
  }
  if (to.cloud === undefined || to.cloud === from.cloud) return undefined;
  return from.cloud === undefined
    ? "a neutral file of a blueprint imports neutral files alone"
    : otherCloud(from.cloud);
}

/** @param {Place} from @param {Place} to @returns {Reason} */
function handlerReason(from, to) {
  if (to.floor !== "handler" && to.floor !== "contract") {
    return unless(["format", "shared"], to, "a handler imports itself and lambda/shared alone");
  }
  if (to.name !== from.name) return "a handler never imports another; what two share stands in lambda/shared";
  const edge = /^lambda\/[^/]+\/(adapters\/|handler\.ts$)/.test(to.path);
  return edge && isMeaningOfHandler(from) ? "core.ts and ports.ts know nothing of handler.ts and adapters" : undefined;
}

/** @param {Place} place */
function isMeaningOfHandler(place) {
  return /^lambda\/[^/]+\/(core|ports)\.ts$/.test(place.path);
}

/** @param {Place} _from @param {Place} to @returns {Reason} */
function stackReason(_from, to) {
  if (to.floor === "testing") return "lib/testing is imported by tests only";
  if (to.floor === "examples") return "stacks and examples do not know each other";
  if (to.floor !== "scripts" || to.path.startsWith("scripts/bundle/")) return undefined;
  return "of scripts, stacks import scripts/bundle alone";
}

// --------------------------------------------------------------------------------------------------------------- packages

/** @type {Readonly<Record<RuledFloor, (from: Place, to: Package) => Reason>>} */
const PACKAGE_RULES = {
  homeless: () => HOMES,
  core: (_, to) =>
    to.kind === "node" || isPublicCdk(to) ? undefined : "lib/core imports node, cdktf and constructs alone",
  testing: (_, to) => (to.kind === "provider" ? "lib/testing imports no provider" : undefined),
  capability: libraryPackageReason,
  blueprint: libraryPackageReason,
  format: () => "lambda/shared/format imports no package and nothing of node",
  shared: lambdaPackageReason,
  contract: (_, to) =>
    to.specifier === "aws-lambda" ? undefined : "of packages, a contract imports the types of aws-lambda alone",
  handler: (from, to) => lambdaPackageReason(from, to) ?? sdkReason(from, to),
  stacks: () => undefined,
  scripts: () => undefined,
  examples: () => undefined,
};

/** @param {Place} from @param {Package} to @returns {Reason} */
function packageReason(from, to) {
  if (to.kind === "provider" && to.deep !== true) {
    return "a provider is imported by its deep path (@cdktf/provider-aws/lib/s3-bucket), never by its barrel";
  }
  if (from.floor === "test" || from.floor === "configuration") return undefined;
  if (to.kind === "own") return ownNameReason(from, to);
  return PACKAGE_RULES[from.floor](from, to);
}

/** @param {Place} from @param {Package} to @returns {Reason} */
function ownNameReason(from, to) {
  if (from.floor !== "examples") return "examples alone import the package by name; import the file";
  const forTests = /^cloud-conductor\/testing(\/|$)/.test(to.specifier);
  return forTests && !from.path.endsWith(".test.ts") ? "cloud-conductor/testing is imported by tests only" : undefined;
}

/** @param {Package} to */
function isPublicCdk(to) {
  return to.kind === "cdk" && !to.specifier.includes("/");
}

/** @param {Place} from @param {Package} to @returns {Reason} */
function libraryPackageReason(from, to) {
  if (to.kind === "node" || isPublicCdk(to)) return undefined;
  if (to.kind === "cdk") return "the library uses no internals of cdktf and constructs";
  if (to.kind === "provider") return providerReason(from, to);
  const own = from.floor === "capability" ? PACKAGES_OF_CAPABILITY[from.name] : undefined;
  if (own?.includes(to.specifier) === true) return undefined;
  return "a file of lib imports node, cdktf, constructs and the provider of its cloud alone";
}

/** @param {Place} from @param {Package} to @returns {Reason} */
function providerReason(from, to) {
  if (from.cloud === undefined) return "a neutral file imports no provider, not even a type";
  return to.cloud === from.cloud ? undefined : otherCloud(from.cloud);
}

/** @param {Place} _from @param {Package} to @returns {Reason} */
function lambdaPackageReason(_from, to) {
  return to.kind === "cdk" || to.kind === "provider" ? "what runs inside a function knows no constructs" : undefined;
}

/** @param {Place} from @param {Package} to @returns {Reason} */
function sdkReason(from, to) {
  if (!isMeaningOfHandler(from) || !/^@(aws-sdk|smithy)\//.test(to.specifier)) return undefined;
  return "core.ts and ports.ts know no SDK; it stands behind a port in adapters";
}

module.exports = { importProblem };
