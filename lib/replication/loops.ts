import type { IConstruct } from "constructs";
import { isToken } from "../core/checks";
import { overlap } from "./prefixes";

/** Who copies, which decides what of the copies of others it copies on. */
export const CopyEngine = {
  /** S3 itself: what it wrote as a copy it never copies on. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnt-replicated.html */
  S3_REPLICATION: "s3-replication",
  /** A job that takes whatever it finds below its prefixes, copies included. */
  JOB: "job",
} as const;
export type CopyEngine = (typeof CopyEngine)[keyof typeof CopyEngine];

/** What copies from one bucket to another one, of any cloud. */
export interface CopyRoute {
  /** The bucket that is read, by {@link bucketIdentity}. */
  readonly from: string;
  /** The bucket that is written, by {@link bucketIdentity}. */
  readonly to: string;
  /** Beginnings of the keys that are copied; `""` is every key. */
  readonly prefixes: readonly string[];
  /** Beginnings of keys that are left out all the same. @default - none */
  readonly excludedPrefixes?: readonly string[];
  /** What is put before the keys of the copies. @default - copies keep their keys */
  readonly targetPrefix?: string;
  readonly engine: CopyEngine;
}

/** One name for a bucket, however often it is referred to: the vendor's identifier where it is literal, else the path. */
export const bucketIdentity = (path: string, identifier: string): string => (isToken(identifier) ? path : identifier);

interface Declared extends CopyRoute {
  readonly by: string;
}

const ROUTES = Symbol.for("cloud-conductor.copy-routes");

/**
 * Declares what a construct copies, for the whole app, and answers with what is wrong with it: objects that would come
 * back to where they were copied from, to be copied again for ever.
 *
 * @param path the prop that can be changed to end the loop
 */
export function loopProblems(scope: IConstruct, path: string, route: CopyRoute): readonly string[] {
  const routes = routesOf(scope.node.root);
  const first: Declared = { ...route, by: scope.node.path };
  const problems = first.prefixes.flatMap((prefix) => {
    const way = wayBack(first, routes, [first], landed(first, prefix));
    return way === undefined ? [] : [loop(path, prefix, way)];
  });
  if (problems.length === 0) routes.push(first);
  return problems.slice(0, 1);
}

const loop = (path: string, prefix: string, way: readonly Declared[]): string =>
  `${path} must be apart from what other copies bring here, because copies would be copied again for ever, got ${way
    .map(({ by }) => by)
    .join(" → ")} for keys below "${prefix}"`;

/** The copies that lead from where keys have landed back to where they began, if some do. */
function wayBack(
  first: Declared,
  others: readonly Declared[],
  way: readonly Declared[],
  key: string,
): readonly Declared[] | undefined {
  const last = way.at(-1) ?? first;
  const nexts = others.filter((next) => next.from === last.to && !way.includes(next) && copiesOn(last, next));
  for (const next of nexts)
    for (const taken of takenBy(next, key)) {
      const further = [...way, next];
      const copy = landed(next, taken);
      const back = next.to === first.from && copiesOn(next, first) && takenBy(first, copy).length > 0;
      const found = back ? further : wayBack(first, others, further, copy);
      if (found) return found;
    }
  return undefined;
}

/** Which of the keys that begin so are copied, by their beginnings. */
const takenBy = ({ prefixes, excludedPrefixes = [] }: CopyRoute, key: string): readonly string[] =>
  prefixes
    .filter((prefix) => overlap(prefix, key))
    .map((prefix) => (prefix.length > key.length ? prefix : key))
    .filter((taken) => !excludedPrefixes.some((excluded) => taken.startsWith(excluded)));

/** The beginning of the copies' keys, of keys that begin so. */
const landed = ({ targetPrefix = "" }: CopyRoute, prefix: string): string => `${targetPrefix}${prefix}`;

const copiesOn = ({ engine: wrote }: CopyRoute, { engine: reads }: CopyRoute): boolean =>
  !(wrote === CopyEngine.S3_REPLICATION && reads === CopyEngine.S3_REPLICATION);

function routesOf(root: IConstruct): Declared[] {
  const known = Reflect.get(root, ROUTES) as Declared[] | undefined;
  if (known) return known;
  const routes: Declared[] = [];
  Object.defineProperty(root, ROUTES, { value: routes });
  return routes;
}
