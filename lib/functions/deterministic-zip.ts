import { zipSync, type ZipOptions } from "fflate";

/** Unix, so that the attributes are read as a mode: a regular file, 0644. */
const UNIX = 3;
const REGULAR_FILE_0644 = 0o100644 * 0x10000;

/**
 * A zip whose bytes depend on names and contents alone, not on clock, time zone, machine or the order of the files: sorted
 * entries, 1980-01-01 as the time, one mode, level 9.
 */
export function deterministicZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  // A zip holds local time and fflate takes it from a Date. Noon exists on that day in every time zone.
  const options: ZipOptions = { mtime: new Date(1980, 0, 1, 12), os: UNIX, attrs: REGULAR_FILE_0644, level: 9 };
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted.map(([name, content]) => [name, [content, options]])));
}
