"use strict";
/** Which file imports which, types included, as the TypeScript scanner sees it: for the lint rules and the architecture test. */
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");

/**
 * @typedef {{ readonly target: string, readonly start: number, readonly end: number }} Import
 *   `target` is a file of the repository where there is one, else the specifier; `start` and `end` are offsets in the text.
 */

const ENDINGS = ["", ".ts", ".js", ".mjs", "/index.ts", "/index.js"];

/**
 * Every import of a source text: statements, `export … from`, `import()`, `require()`, `import x = require()` and import types.
 * @param {string} root folder of the repository
 * @param {string} file relative to the root, with `/`
 * @param {string} text
 * @returns {readonly Import[]}
 */
function importsIn(root, file, text) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName, pos, end }) => ({ target: targetOf(root, file, fileName), start: pos, end }));
}

/** @param {string} root @param {string} file @param {string} specifier */
function targetOf(root, file, specifier) {
  if (!/^\.\.?(\/|$)/.test(specifier)) return specifier;
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const found = ENDINGS.map((ending) => target + ending).find((candidate) => isFile(path.join(root, candidate)));
  return found ?? target;
}

/** @param {string} absolute */
function isFile(absolute) {
  return fs.statSync(absolute, { throwIfNoEntry: false })?.isFile() === true;
}

/** @type {Map<string, { readonly stamp: number, readonly imports: readonly Import[] }>} */
const read = new Map();

/**
 * The imports of a file on disk, read again when it has changed.
 * @param {string} root
 * @param {string} file relative to the root, with `/`
 * @returns {readonly Import[]}
 */
function importsOf(root, file) {
  const absolute = path.join(root, file);
  const stamp = fs.statSync(absolute, { throwIfNoEntry: false })?.mtimeMs;
  if (stamp === undefined || !/\.[cm]?[jt]s$/.test(file)) return [];
  const known = read.get(absolute);
  if (known?.stamp === stamp) return known.imports;
  const imports = importsIn(root, file, fs.readFileSync(absolute, "utf8"));
  read.set(absolute, { stamp, imports });
  return imports;
}

/**
 * The shortest way from a file through its imports back to itself.
 * @param {string} root
 * @param {string} file relative to the root, with `/`
 * @param {string} [first] only ways that begin with this import
 * @returns {readonly string[] | undefined} the files on the way, the first and the last being `file`
 */
function cycleThrough(root, file, first) {
  /** @type {(readonly string[])[]} */
  const ways = first === undefined ? [[file]] : [[file, first]];
  const seen = new Set();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const last = way[way.length - 1] ?? file;
    if (way.length > 1 && last === file) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const { target } of importsOf(root, last)) ways.push([...way, target]);
  }
  return undefined;
}

/**
 * The source files below folders of the repository, sorted.
 * @param {string} root
 * @param {readonly string[]} folders
 * @returns {readonly string[]} paths relative to the root, with `/`
 */
function sourceFiles(root, folders) {
  const files = folders.flatMap((folder) => {
    const absolute = path.join(root, folder);
    if (!fs.existsSync(absolute)) return [];
    return fs
      .readdirSync(absolute, { recursive: true, encoding: "utf8" })
      .map((name) => path.posix.join(folder, name.split(path.sep).join("/")));
  });
  return files.filter((file) => /\.[cm]?[jt]s$/.test(file)).sort();
}

module.exports = { cycleThrough, importsIn, importsOf, sourceFiles };
