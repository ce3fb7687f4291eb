"use strict";
/** Two lint rules about imports, type imports included: the floors, and no cycles. */
const path = require("node:path");
const { importProblem } = require("./floors");
const { cycleThrough, importsIn } = require("./import-graph");

/**
 * @typedef {import("eslint").Rule.RuleContext} Context
 * @typedef {import("eslint").Rule.RuleModule} Rule
 */

/**
 * A rule that judges each import of a file.
 * @param {string} description
 * @param {(root: string, file: string, target: string) => string | undefined} judge the problem, or nothing
 * @returns {Rule}
 */
function importRule(description, judge) {
  return {
    meta: { type: "problem", docs: { description }, schema: [] },
    create: (context) => ({ "Program:exit": () => reportImports(context, judge) }),
  };
}

/** @param {Context} context @param {(root: string, file: string, target: string) => string | undefined} judge */
function reportImports(context, judge) {
  const file = path.relative(context.cwd, context.filename).split(path.sep).join("/");
  const { sourceCode } = context;
  for (const { target, start, end } of importsIn(context.cwd, file, sourceCode.text)) {
    const message = judge(context.cwd, file, target);
    if (message === undefined) continue;
    context.report({
      message,
      loc: { start: sourceCode.getLocFromIndex(start), end: sourceCode.getLocFromIndex(end) },
    });
  }
}

/** @param {string} root @param {string} file @param {string} target */
function cycleProblem(root, file, target) {
  const cycle = cycleThrough(root, file, target);
  return cycle === undefined ? undefined : `import cycle: ${cycle.join(" > ")}`;
}

module.exports = {
  rules: {
    floors: importRule("who may import whom", (_, file, target) => importProblem(file, target)),
    "no-cycle": importRule("no import cycles, type imports included", cycleProblem),
  },
};
