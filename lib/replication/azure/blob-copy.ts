import { distinct, given, having, objects, problem } from "../../core/checks";
import type { BlobService } from "../../storage/azure/blob-service";
import type { IAzureBucket } from "../../storage/azure/bucket";
import type { AzureStorageAccountRef } from "../../storage/references";
import { prefixProblems, type CopiedObjects } from "../prefixes";
import { sinceProblems, type CopiedSince } from "./copied-since";

/** A container that is copied, and where to. */
export interface BlobCopy extends CopiedObjects {
  readonly from: IAzureBucket;
  /** Nobody else writes there while it is copied to: Azure refuses it. */
  readonly to: IAzureBucket;
  /** @default CopiedSince.now() */
  readonly since?: CopiedSince;
}

/** All that is wrong with the copies of one pair of accounts. */
export function copiesProblems(copies: readonly BlobCopy[]): readonly string[] {
  const each = objects("copies", copies, copyProblems);
  if (each.length > 0) return each;
  const [first] = copies;
  if (first === undefined) return [problem("copies", "at least one copy", copies)];
  return [
    ...sameAccount(first),
    ...copies.flatMap((copy, index) => pairProblems(first, copy, `copies[${String(index)}]`)),
    ...distinct("copies", copies, ({ from }) => from.path, "the only copy of its container, which Azure copies once"),
    ...distinct(
      "copies",
      copies,
      ({ to }) => to.path,
      "the only copy into its container, into which Azure copies once",
    ),
  ];
}

const copyProblems = (copy: BlobCopy, path: string): readonly string[] => [
  ...endProblems(`${path}.from`, copy.from, "source"),
  ...endProblems(`${path}.to`, copy.to, "destination"),
  ...prefixProblems(path, copy),
  ...given(copy.since, (since) => sinceProblems(`${path}.since`, since)),
];

type End = "source" | "destination";

/** What Azure asks of both ends; an own account switches it on by itself. */
function endProblems(path: string, bucket: IAzureBucket, end: End): readonly string[] {
  const rule =
    "a container of Azure, because Azure replicates to Azure alone (transfers between clouds copy elsewhere)";
  const shape = having(path, bucket, "containerId", rule);
  if (shape.length > 0) return shape;
  const { account } = bucket;
  if (account.hierarchical === true) return [problem(path, FLAT, bucket)];
  if (isOwn(account)) return [];
  return [
    ...(account.versioned === true
      ? []
      : [problem(path, "versioned (one that is referred to says so: versioned: true)", bucket)]),
    ...(account.changeFeed === true || end === "destination"
      ? []
      : [problem(path, "with a change feed (one that is referred to says so: changeFeed: true)", bucket)]),
  ];
}

/** https://learn.microsoft.com/azure/storage/blobs/object-replication-overview#feature-support */
const FLAT =
  "in an account without a hierarchical namespace, which object replication does not know (AccountReplication.GRS keeps a second region of it, Data Factory copies it elsewhere)";

/** An account of this app: others switch on what they need of its blobs. */
type OwnAccount = AzureStorageAccountRef & { readonly blobService: BlobService };

/** Whether an account is one of this app. */
export const isOwn = (account: AzureStorageAccountRef): account is OwnAccount =>
  "blobService" in account && account.blobService !== undefined;

const sameAccount = ({ from, to }: BlobCopy): readonly string[] =>
  from.account.path === to.account.path
    ? [problem("copies[0].to", "in another account than its source", to.account.path)]
    : [];

const pairProblems = (first: BlobCopy, { from, to }: BlobCopy, path: string): readonly string[] =>
  [
    { at: `${path}.from`, own: from.account.path, all: first.from.account.path },
    { at: `${path}.to`, own: to.account.path, all: first.to.account.path },
  ].flatMap(({ at, own, all }) =>
    own === all ? [] : [problem(at, `in ${all}, as all copies of one replication are between two accounts`, own)],
  );
