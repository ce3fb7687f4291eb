import fs from "node:fs";
import path from "node:path";

const SOURCE_MAP = "//# sourceMappingURL=data:application/json;base64,";
const SOURCES = '"sourcesContent":';

/**
 * The text of a module of the bindings that says most: the TypeScript it was compiled from, which its source map carries
 * and which alone tells optional from optional and computed; where there is none, the JavaScript with its declarations.
 *
 * @param folder the module's folder: `…/@cdktf/provider-aws/lib/s3-bucket`
 */
export function bindingText(folder: string): string {
  return scriptsOf(folder)
    .map((script) => textOf(script))
    .join("\n");
}

/** The JavaScript of a module with its declarations: all there is to read where source maps were left out. */
export function compiledText(folder: string): string {
  return scriptsOf(folder)
    .map((script) => compiled(script))
    .join("\n");
}

/** `index.js`, and what large modules split off into `index-structs/` or beside it. */
function scriptsOf(folder: string): readonly string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory()) return scriptsOf(inside);
      return entry.name.endsWith(".js") ? [inside] : [];
    })
    .sort();
}

function textOf(script: string): string {
  const text = fs.readFileSync(script, "utf8");
  const map = text.lastIndexOf(SOURCE_MAP);
  return (map < 0 ? undefined : original(text.slice(map + SOURCE_MAP.length))) ?? compiled(script, text);
}

/** The one source of an inline map. Parsing the whole map would take five times as long: mappings are most of it. */
function original(base64: string): string | undefined {
  const map = Buffer.from(base64, "base64").toString("utf8");
  const at = map.indexOf(SOURCES);
  if (at < 0) return undefined;
  const sources: unknown = JSON.parse(map.slice(at + SOURCES.length, map.lastIndexOf("]") + 1));
  return Array.isArray(sources) && typeof sources[0] === "string" ? sources[0] : undefined;
}

function compiled(script: string, text = fs.readFileSync(script, "utf8")): string {
  const map = text.lastIndexOf(SOURCE_MAP);
  const declarations = script.replace(/\.js$/, ".d.ts");
  return `${map < 0 ? text : text.slice(0, map)}\n${fs.existsSync(declarations) ? fs.readFileSync(declarations, "utf8") : ""}`;
}
