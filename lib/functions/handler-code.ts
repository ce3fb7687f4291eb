import type { IConstruct } from "constructs";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { isToken, problem } from "../core/checks";
import { packageRoot } from "./package-root";
import { placeholderStandsIn, placeholderZip } from "./placeholder-zip";

/** What a bundled zip holds: `index.js` with an export `handler`. */
const ENTRY = "index.handler";

/** A zip and what its bytes are. */
export interface HandlerZip {
  /** Absolute path of the file. */
  readonly path: string;
  /** Base64 of the SHA-256 of exactly the zip's bytes: what Lambda itself computes, so no plan differs for nothing. */
  readonly codeHash: string;
  /** The same SHA-256 as 32 upper-case hexadecimal characters: the name of the asset's folder. */
  readonly assetHash: string;
}

/** The code of a function: a zip that was made before synthesis. */
export class HandlerCode {
  /** The code of a handler that comes with this package: `dist/lambda/<name>.zip`. */
  public static bundled(name: string): HandlerCode {
    return new HandlerCode(ENTRY, path.join("dist", "lambda", `${name}.zip`), "package");
  }

  /**
   * A zip of your own, relative to the working directory.
   *
   * @param entry file and export that Lambda calls
   */
  public static zip(file: string, entry: string = ENTRY): HandlerCode {
    return new HandlerCode(entry, file, "own");
  }

  private constructor(
    /** File and export that Lambda calls: `index.handler`. */
    public readonly entry: string,
    private readonly file: string,
    private readonly origin: "package" | "own",
  ) {}

  /** What is wrong with the zip; nothing, when it is there. */
  public problems(scope: IConstruct): readonly string[] {
    if (isToken(this.file) || !this.file.endsWith(".zip"))
      return [problem("code", "a .zip file that is there at synthesis", this.file)];
    if (placeholderStandsIn(scope)) return [];
    return this.origin === "package" ? bundledProblems(this.file) : ownProblems(this.file);
  }

  /** The zip on this machine; under test a constant placeholder of the same name. */
  public zipFor(scope: IConstruct): HandlerZip {
    if (placeholderStandsIn(scope)) return zipAt(placeholderZip(path.basename(this.file)));
    return zipAt(path.resolve(this.origin === "package" ? (packageRoot() ?? "") : "", this.file));
  }
}

/** The zip at a path, hashed. */
export function zipAt(file: string): HandlerZip {
  const digest = createHash("sha256").update(fs.readFileSync(file)).digest();
  return {
    path: file,
    codeHash: digest.toString("base64"),
    assetHash: digest.toString("hex").slice(0, 32).toUpperCase(),
  };
}

/**
 * What is wrong with the zip of a bundled handler.
 *
 * @param file relative to the package's folder
 */
export function bundledProblems(file: string, root: string | undefined = packageRoot()): readonly string[] {
  if (root !== undefined && fs.existsSync(path.join(root, file))) return [];
  const got = root === undefined ? "no such package at or above the app" : `no such file in ${root}`;
  const advice = 'run "npm run bundle" in the repository, or install cloud-conductor again';
  return [`code must be ${file} of the package cloud-conductor, got ${got}; ${advice}`];
}

const ownProblems = (file: string): readonly string[] =>
  fs.existsSync(file)
    ? []
    : [`code must be a zip that is there at synthesis, got no file at ${file}; build it before the app runs`];
