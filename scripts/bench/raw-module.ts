import path from "node:path";
import { readBinding, type BindingPart, type BindingParts } from "../../lib/testing/offline/schema/binding-parts";
import { bindingText } from "../../lib/testing/offline/schema/binding-text";
import { findProviderPackage, moduleFolder } from "../../lib/testing/offline/schema/provider-package";

/** A module of the bindings, as a program imports it. */
export interface RawModule {
  /** `@cdktf/provider-aws/lib/s3-bucket` */
  readonly path: string;
  /** `S3Bucket` */
  readonly className: string;
  readonly root: BindingPart;
  readonly structs: BindingParts["structs"];
}

const CLASS = {
  resource: /^export class (\w+) extends cdktf\.TerraformResource /m,
  provider: /^export class (\w+) extends cdktf\.TerraformProvider /m,
};

/** @throws Error where no bindings of the type are installed */
export function rawModule(kind: "resource" | "provider", type: string, project: string): RawModule {
  const provider = type.split("_")[0] ?? "";
  const bindings = findProviderPackage(provider, project);
  const folder = bindings && moduleFolder(bindings, kind, type);
  if (bindings === undefined || folder === undefined) throw new Error(`no bindings of ${type} are installed`);
  const text = bindingText(folder);
  const parts = readBinding(text);
  const className = CLASS[kind].exec(text)?.[1];
  if (parts === undefined || className === undefined) throw new Error(`${folder} cannot be read`);
  const release = bindings.release.replace(/@[^@]+$/, "");
  const { root, structs } = parts;
  return { path: `${release}/lib/${path.basename(folder)}`, className, root, structs };
}
