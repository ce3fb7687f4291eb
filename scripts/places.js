"use strict";
/** Where a file of the repository stands and what kind of package an import names: the nouns of scripts/floors.js. */
const { builtinModules } = require("node:module");

/**
 * @typedef {"aws" | "azure" | "google"} Cloud
 * @typedef {"core" | "testing" | "capability" | "blueprint" | "homeless" | "format" | "shared" | "contract" | "handler"
 *   | "stacks" | "scripts" | "examples" | "test" | "configuration"} Floor
 * @typedef {{ readonly path: string, readonly floor: Floor, readonly name: string, readonly cloud?: Cloud | undefined }} Place
 *   `name` is that of the capability, the blueprint or the handler; a file without `cloud` is neutral.
 * @typedef {{ readonly specifier: string, readonly kind: "node" | "cdk" | "provider" | "own" | "other",
 *   readonly cloud?: Cloud | undefined, readonly deep?: boolean }} Package
 */

const TOP_FOLDERS = ["lib", "lambda", "stacks", "scripts", "test", "examples"];

/** @type {Readonly<Record<string, Cloud>>} */
const CLOUD_OF_PROVIDER = { aws: "aws", azurerm: "azure", google: "google" };

/**
 * Whether an import's target is a file of the repository (`lib/core/errors.ts`) or a package (`cdktf`).
 * @param {string} target
 */
function isRepositoryFile(target) {
  const [top = "", ...below] = target.split("/");
  return TOP_FOLDERS.includes(top) && below.length > 0;
}

/**
 * @param {string} path relative to the repository, with `/`
 * @returns {Place}
 */
function placeOf(path) {
  const [top = "", second = "", third = ""] = path.split("/");
  switch (top) {
    case "lib":
      return placeInLibrary(path, second, third);
    case "lambda":
      return placeInLambda(path, second, third);
    case "stacks":
    case "scripts":
    case "examples":
    case "test":
      return { path, floor: top, name: top };
    default:
      return { path, floor: "configuration", name: top };
  }
}

/** @param {string} path @param {string} second @param {string} third @returns {Place} */
function placeInLibrary(path, second, third) {
  if (third === "") return { path, floor: "homeless", name: "lib" };
  if (second === "core" || second === "testing") return { path, floor: second, name: second };
  if (second !== "blueprints") return { path, floor: "capability", name: second, cloud: cloudIn(third) };
  const below = path.split("/")[3];
  if (below === undefined) return { path, floor: "homeless", name: second };
  return { path, floor: "blueprint", name: third, cloud: cloudIn(below) };
}

/** The cloud of `aws/…`, `aws.ts` and `aws-queue.ts`. @param {string} segment @returns {Cloud | undefined} */
function cloudIn(segment) {
  return /** @type {Cloud | undefined} */ (/^(aws|azure|google)(?=$|[.-])/.exec(segment)?.[1]);
}

/** @param {string} path @param {string} second @param {string} third @returns {Place} */
function placeInLambda(path, second, third) {
  if (third === "") return { path, floor: "homeless", name: "lambda" };
  if (second === "shared") return { path, floor: third === "format" ? "format" : "shared", name: second };
  return { path, floor: third === "contract.ts" ? "contract" : "handler", name: second };
}

/**
 * @param {string} specifier what stands in the import: `node:fs`, `cdktf`, `@cdktf/provider-aws/lib/s3-bucket`
 * @returns {Package}
 */
function packageOf(specifier) {
  const root = specifier.split("/")[0] ?? "";
  if (specifier.startsWith("node:") || builtinModules.includes(root)) return { specifier, kind: "node" };
  if (root === "cdktf" || root === "constructs") return { specifier, kind: "cdk" };
  if (root === "cloud-conductor") return { specifier, kind: "own" };
  const provider = /^@cdkt[fn]\/provider-([^/]+)(?:\/(.*))?$/.exec(specifier);
  if (provider === null) return { specifier, kind: "other" };
  const [, name = "", path = ""] = provider;
  const deep = path === "package.json" || /^lib\/(?!(lazy-)?index(\.|$))./.test(path);
  return { specifier, kind: "provider", cloud: CLOUD_OF_PROVIDER[name], deep };
}

module.exports = { isRepositoryFile, packageOf, placeOf };
