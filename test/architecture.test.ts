import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import ts from "typescript";
import { importProblem } from "../scripts/floors";
import { cycleThrough, importsOf, sourceFiles } from "../scripts/import-graph";

const ROOT = path.resolve(__dirname, "..");
const FOLDERS = ["lib", "lambda", "stacks", "scripts", "examples", "test"];
const FILES = sourceFiles(ROOT, FOLDERS);
const LIBRARY = FILES.filter((file) => file.startsWith("lib/"));

/** `region` and `provider` say where a thing stands; every construct has them and they do not count. */
const PLACEMENT = ["region", "provider"];
const MOST_PROPS = 15;
const MOST_README_LINES = 150;

describe("imports", () => {
  test("every file keeps to its floor", () => {
    const problems = FILES.flatMap((file) => importsOf(ROOT, file).map(({ target }) => importProblem(file, target)));
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  });

  test("there is no cycle, type imports included", () => {
    const cycles = FILES.map((file) => cycleThrough(ROOT, file)).filter((cycle) => cycle !== undefined);
    expect(new Set(cycles.map((cycle) => [...new Set(cycle)].sort().join(" ")))).toEqual(new Set());
  });

  test("a cycle of a type and a value is found", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cycle-"));
    try {
      fs.writeFileSync(path.join(folder, "a.ts"), 'import type { B } from "./b";\nexport interface A { b: B }\n');
      fs.writeFileSync(path.join(folder, "b.ts"), 'export type { C } from "./c";\nexport interface B {}\n');
      fs.writeFileSync(path.join(folder, "c.ts"), 'export interface C { a: import("./a").A }\n');
      expect(cycleThrough(folder, "a.ts")).toEqual(["a.ts", "b.ts", "c.ts", "a.ts"]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe("files", () => {
  test("are named by their meaning", () => {
    const vague = /(^|\/)(utils?|helpers?|commons?|types?)(\/|\.[cm]?[jt]s$)/;
    expect(FILES.filter((file) => vague.test(file))).toEqual([]);
  });

  test("index.ts stands only where the package or a function is entered", () => {
    const entry =
      /^(lib\/[^/]+(\/(aws|azure|google|jest|offline))?|lib\/blueprints\/[^/]+|lambda\/(?!shared)[^/]+)\/index\.ts$/;
    expect(FILES.filter((file) => file.endsWith("/index.ts") && !entry.test(file))).toEqual([]);
  });

  test("every published folder has a README that fits in the head", () => {
    const folders = new Set(LIBRARY.map((file) => /^lib\/(blueprints\/)?[^/]+/.exec(file)?.[0] ?? file));
    const lines = [...folders].map((folder) => ({ folder, lines: linesOf(path.join(ROOT, folder, "README.md")) }));
    expect(lines.filter((readme) => readme.lines < 1 || readme.lines > MOST_README_LINES)).toEqual([]);
  });
});

describe("props", () => {
  const props = LIBRARY.flatMap(propsIn);

  test("there are props to look at", () => {
    expect(props.length).toBeGreaterThan(0);
  });

  test(`are at most ${MOST_PROPS} of a construct's own`, () => {
    expect(props.map(countProblem).filter((problem) => problem !== undefined)).toEqual([]);
  });

  test("are readonly, the required ones first, the optional ones with their default", () => {
    expect(props.flatMap(memberProblems)).toEqual([]);
  });

  test("a file with each fault is caught", () => {
    const names = Array.from({ length: 16 }, (_, index) => `/** */ readonly p${index}: string;`).join(" ");
    const faulty = `export interface AProps { a?: string; b: string } interface WideProps { ${names} readonly region: string }`;
    const found = propsInText("a.ts", faulty);
    expect(found.map(countProblem)).toEqual([undefined, "a.ts WideProps has 16 props of its own, at most 15"]);
    expect(found.flatMap(memberProblems)).toEqual([
      "a.ts AProps.a must be readonly",
      "a.ts AProps.a must document its @default",
      "a.ts AProps.b must be readonly",
      "a.ts AProps.b must stand before the optional props",
    ]);
  });
});

interface Props {
  readonly file: string;
  readonly name: string;
  readonly members: readonly ts.PropertySignature[];
}

function propsIn(file: string): readonly Props[] {
  return propsInText(file, fs.readFileSync(path.join(ROOT, file), "utf8"));
}

function propsInText(file: string, text: string): readonly Props[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const interfaces = source.statements.filter(ts.isInterfaceDeclaration);
  return interfaces
    .filter(({ name }) => name.text.endsWith("Props"))
    .map(({ name, members }) => ({ file, name: name.text, members: members.filter(ts.isPropertySignature) }));
}

function countProblem({ file, name, members }: Props): string | undefined {
  const own = members.filter((member) => !PLACEMENT.includes(member.name.getText()));
  if (own.length <= MOST_PROPS) return undefined;
  return `${file} ${name} has ${own.length} props of its own, at most ${MOST_PROPS}`;
}

function memberProblems({ file, name, members }: Props): readonly string[] {
  const firstOptional = members.findIndex((member) => member.questionToken !== undefined);
  return members.flatMap((member, index) => {
    const optional = member.questionToken !== undefined;
    const problems: string[] = [];
    if (!hasReadonly(member)) problems.push("must be readonly");
    if (optional && !hasDefault(member)) problems.push("must document its @default");
    if (!optional && firstOptional >= 0 && index > firstOptional) problems.push("must stand before the optional props");
    return problems.map((problem) => `${file} ${name}.${member.name.getText()} ${problem}`);
  });
}

function hasReadonly(member: ts.PropertySignature): boolean {
  return member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) === true;
}

function hasDefault(member: ts.PropertySignature): boolean {
  return ts.getJSDocTags(member).some((tag) => tag.tagName.text === "default" && tag.comment !== undefined);
}

function linesOf(file: string): number {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n").length : 0;
}
