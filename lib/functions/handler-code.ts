import type { IConstruct } from "constructs";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { placeholderStandsIn, placeholderZip } from "./placeholder-zip";
import { ownZip, packagedZip, type ZipSource } from "./zip-source";

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

/** The code of a function: a zip of this package, one of your own, or one that `bundle()` makes. */
export class HandlerCode {
  /** The code of a handler that comes with this package: `dist/lambda/<name>.zip`. */
  public static bundled(name: string): HandlerCode {
    return new HandlerCode(packagedZip(name));
  }

  /**
   * A zip of your own, relative to the working directory.
   *
   * @param entry file and export that Lambda calls
   */
  public static zip(file: string, entry: string = ENTRY): HandlerCode {
    return new HandlerCode(ownZip(file), entry);
  }

  public constructor(
    private readonly source: ZipSource,
    /** File and export that Lambda calls: `index.handler`. */
    public readonly entry: string = ENTRY,
  ) {}

  /** What is wrong with the zip; nothing, when it is there. */
  public problems(scope: IConstruct): readonly string[] {
    const said = this.source.saidProblems();
    return said.length > 0 || placeholderStandsIn(scope) ? said : this.source.zipProblems();
  }

  /** The zip on this machine; under test a constant placeholder of the same name. */
  public zipFor(scope: IConstruct): HandlerZip {
    return zipAt(placeholderStandsIn(scope) ? placeholderZip(this.source.fileName) : this.source.zip());
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
