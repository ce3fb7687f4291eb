import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import jest from "eslint-plugin-jest";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";
import imports from "./scripts/eslint-imports.js";

const TYPESCRIPT = "**/*.ts";

const ENVIRONMENT_IS_READ_ONCE = {
  object: "process",
  property: "env",
  message: "Only a handler's index.ts reads the environment.",
};

const NODE_GLOBALS = Object.fromEntries(
  ["Buffer", "URL", "__dirname", "clearTimeout", "console", "fetch", "module", "process", "require", "setTimeout"].map(
    (name) => [name, "readonly"],
  ),
);

export default defineConfig(
  globalIgnores(["dist/", "cdktf.out/", "coverage/", "node_modules/", ".local-cloud/", ".terraform-state/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  {
    plugins: { imports },
    rules: {
      "imports/floors": "error",
      "imports/no-cycle": "error",
      eqeqeq: "error",
      "no-constant-binary-expression": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: [TYPESCRIPT],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/explicit-member-accessibility": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      // A class of static factories is how a fixed set with parameters is written: StreamCapacity.provisioned(4).
      "@typescript-eslint/no-extraneous-class": ["error", { allowStaticOnly: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // jest's matchers are added to a namespace of its own.
      "@typescript-eslint/no-namespace": ["error", { allowDeclarations: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" }],
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: { globals: NODE_GLOBALS },
  },
  { files: ["**/*.js"], languageOptions: { sourceType: "commonjs" } },
  { files: ["lib/**", "lambda/**"], rules: { "no-console": "error" } },
  {
    files: ["lambda/**"],
    ignores: ["lambda/*/index.ts"],
    rules: {
      "no-restricted-properties": ["error", ENVIRONMENT_IS_READ_ONCE],
    },
  },
  {
    // Meaning has no clock, no chance and no process: they are handed in.
    files: ["lambda/*/core.ts", "lambda/shared/format/**"],
    rules: {
      "no-restricted-globals": ["error", "process", "performance", "setTimeout", "setInterval", "fetch"],
      "no-restricted-properties": [
        "error",
        ENVIRONMENT_IS_READ_ONCE,
        { object: "Date", property: "now", message: "The clock is a port." },
        { object: "Math", property: "random", message: "Chance is a port." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "The clock is a port." },
      ],
    },
  },
  {
    // A report: size alone fails nothing, it asks for the second subject in a file.
    files: [TYPESCRIPT],
    rules: { "max-lines": ["warn", { max: 300, skipBlankLines: true }] },
  },
  {
    files: ["lib/**", "lambda/**", "stacks/**", "scripts/**", "examples/**"],
    rules: { "max-lines-per-function": ["warn", { max: 30, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["test/**/*.ts"],
    extends: [jest.configs["flat/recommended"], jest.configs["flat/style"]],
    rules: {
      "@typescript-eslint/unbound-method": "off",
      "jest/expect-expect": ["error", { assertFunctionNames: ["expect", "fc.assert", "expect*", "assert*"] }],
      "jest/no-disabled-tests": "error",
      "jest/require-to-throw-message": "error",
      "jest/unbound-method": "error",
      "jest/valid-title": "error",
    },
  },
  // A suite that several test files share is exported.
  { files: ["test/**/*.ts"], ignores: ["**/*.test.ts"], rules: { "jest/no-export": "off" } },
  prettier,
);
