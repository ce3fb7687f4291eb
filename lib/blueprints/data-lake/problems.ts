import { distinct, given, having, list, object, objects, oneOf, problem } from "../../core/checks";
import { dataRemovalProblems, type DataRemovalProps } from "../../core/data-removal";
import type { Cloud } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { ZONES, type Zone } from "../../storage/zones";
import type { LakeCloud, ZoneCopy } from "./lake-cloud";

/** What a zone may say of its bucket; a bucket that is given says it itself. */
const OF_THE_BUCKET = ["transitions", "expireAfterDays", "noncurrentVersions", "retention"];
const ZONE_PROPS = ["on", ...OF_THE_BUCKET, "copies"];

/** Fixed times from midnight on. */
const EVERY_HOURS = [1, 2, 3, 4, 6, 8, 12, 24];

interface Given extends DataRemovalProps {
  readonly clouds: readonly LakeCloud[];
  readonly zones: object;
  readonly tags?: Tags;
}

/** The problems of a lake: what its buckets cannot see. */
export function lakeProblems({ clouds, zones, tags, dataRemoval }: Given): readonly string[] {
  const wrongClouds = cloudProblems(clouds);
  const shape = [...wrongClouds, ...object("zones", zones)];
  const each =
    shape.length > 0 ? [] : Object.entries(zones).flatMap(([zone, props]) => zoneProblems(zone, props, clouds));
  const none = shape.length === 0 && Object.keys(zones).length === 0 ? [problem("zones", "at least one", zones)] : [];
  return [...shape, ...none, ...each, ...tagProblems("tags", tags), ...dataRemovalProblems({ dataRemoval })];
}

function cloudProblems(clouds: readonly LakeCloud[]): readonly string[] {
  const each = list("clouds", clouds, (cloud, at) =>
    having(at, cloud, "bucket", "onAws(…), onAzure(…) or onGoogle(…)"),
  );
  if (each.length > 0) return each;
  if (clouds.length === 0) return [problem("clouds", "at least one", clouds)];
  return distinct("clouds", clouds, ({ cloud }) => cloud, "another cloud than those before it");
}

function zoneProblems(zone: string, props: unknown, clouds: readonly LakeCloud[]): readonly string[] {
  const path = `zones.${zone}`;
  const unknown = oneOf(path.replace(zone, "*"), zone, ZONES);
  if (unknown.length > 0) return unknown;
  const shape = object(path, props);
  if (shape.length > 0) return shape;
  const said = props as Readonly<Record<string, unknown>>;
  const names = Object.keys(said).filter((name) => said[name] !== undefined);
  return [
    ...names.flatMap((name) => oneOf(`${path}.*`, name, ZONE_PROPS)),
    ...given(said["on"] as readonly Cloud[] | undefined, (on) => onProblems(`${path}.on`, on, clouds)),
    ...given(said["copies"] as readonly ZoneCopy[] | undefined, (copies) =>
      objects(`${path}.copies`, copies, (copy, at) => copyProblems(at, copy, zoneClouds(said, clouds))),
    ),
    ...names
      .filter((name) => OF_THE_BUCKET.includes(name))
      .flatMap((name) => adoptedProblems(path, name, said, clouds)),
  ];
}

/** The clouds of a zone, the first being the one that it is copied from. */
const zoneClouds = ({ on }: Readonly<Record<string, unknown>>, clouds: readonly LakeCloud[]): readonly LakeCloud[] =>
  clouds.filter(({ cloud }) => !Array.isArray(on) || on.includes(cloud));

function copyProblems(path: string, { to, everyHours }: ZoneCopy, clouds: readonly LakeCloud[]): readonly string[] {
  const [source, ...others] = clouds;
  const target = others.find(({ cloud }) => cloud === to);
  const hours = oneOf(`${path}.everyHours`, everyHours, EVERY_HOURS);
  if (!source || !target) {
    const rule = `another cloud of the zone than ${source?.cloud ?? "none"}, where it is copied from`;
    return [problem(`${path}.to`, rule, to), ...hours];
  }
  if (!source.openToGoogle || target.cloud !== "google")
    return [problem(`${path}.to`, 'a copy from "aws" to "google", which alone is modelled', to), ...hours];
  if (target.transfers) return hours;
  return [problem(`${path}.to`, "a cloud that copies: onGoogle({ transferSubjectId })", to), ...hours];
}

function onProblems(path: string, on: readonly Cloud[], clouds: readonly LakeCloud[]): readonly string[] {
  const names = clouds.map(({ cloud }) => cloud);
  const each = list(path, on, (name, at) => oneOf(at, name, names));
  if (each.length > 0) return each;
  if (on.length === 0) return [problem(path, "at least one cloud of the lake", on)];
  return distinct(path, on, (name) => name, "another cloud than those before it");
}

/** A bucket that is given keeps its own lifecycle: what the zone says would silently not be so. */
function adoptedProblems(
  path: string,
  name: string,
  said: Readonly<Record<string, unknown>>,
  clouds: readonly LakeCloud[],
): readonly string[] {
  const zone = path.replace("zones.", "") as Zone;
  const on = (said["on"] ?? clouds.map(({ cloud }) => cloud)) as readonly Cloud[];
  return clouds
    .filter(({ cloud, buckets }) => on.includes(cloud) && buckets?.[zone] !== undefined)
    .map(({ cloud }) =>
      problem(`${path}.${name}`, `said of the bucket itself, which is given on ${cloud}`, said[name]),
    );
}
