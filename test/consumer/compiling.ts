import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

/** What `cdktf init` writes into a new project's tsconfig.json, as far as it is about types. */
const OF_CDKTF_INIT: ts.CompilerOptions = {
  lib: ["lib.es2018.d.ts"],
  target: ts.ScriptTarget.ES2018,
  strict: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  resolveJsonModule: true,
  types: ["node"],
};

/** How a consumer may have set up modules. */
export const MODULES = {
  commonjs: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 },
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
} as const satisfies Record<string, ts.CompilerOptions>;

/**
 * Compiles files of a project beside themselves.
 *
 * @returns what the compiler says of the project's files and of the package's declarations; those of cdktf and the providers
 *   are not looked at
 */
export function compile(project: string, files: readonly string[], modules: ts.CompilerOptions): readonly string[] {
  const options = { ...OF_CDKTF_INIT, ...modules };
  const host = sharingHost(options);
  const roots = files.map((file) => path.join(project, file));
  const program = ts.createProgram(roots, options, { ...host, getCurrentDirectory: () => project });
  const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(project, fileName));
  const found = [
    ...program.getOptionsDiagnostics(),
    ...ours.flatMap((source) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]),
  ];
  program.emit();
  return found.map(
    (one) => `${one.file === undefined ? "" : path.relative(project, one.file.fileName)} ${textOf(one)}`,
  );
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** Reads a declaration of cdktf or of a provider once for all programs that see it as the same kind of module. */
function sharingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile: (file, language, ...more) => {
      const key = `${file} ${typeof language === "object" ? (language.impliedNodeFormat ?? "") : ""}`;
      if (!parsed.has(key)) parsed.set(key, host.getSourceFile(file, language, ...more));
      return parsed.get(key);
    },
  };
}

function isOurs(project: string, file: string): boolean {
  const inside = path.relative(project, file);
  return inside.startsWith("node_modules/cloud-conductor/") || !/^(node_modules|\.\.)/.test(inside);
}

function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, "\n");
}

/** The declaration files that a declaration file leads to, itself included, and the packages that they name. */
export function reachedBy(file: string): { readonly files: readonly string[]; readonly packages: readonly string[] } {
  const files = new Set([file]);
  const packages = new Set<string>();
  for (const one of files) {
    for (const { fileName } of ts.preProcessFile(fs.readFileSync(one, "utf8"), true, true).importedFiles) {
      if (fileName.startsWith(".")) files.add(declarationAt(path.resolve(path.dirname(one), fileName)));
      else packages.add(fileName);
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() };
}

function declarationAt(target: string): string {
  return fs.existsSync(`${target}.d.ts`) ? `${target}.d.ts` : path.join(target, "index.d.ts");
}
