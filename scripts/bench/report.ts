import { median, type Measurement } from "./measure";
import { BARS, ratiosOf, type Ratios, type Series } from "./series";

const MIB = 1024 * 1024;

/** The series as people read it. */
export function table(series: Series, sizes: { readonly once: number; readonly more: number }): string {
  const ratios = ratiosOf(series);
  const { once, more } = sizes;
  const rows = [
    ["", "wall ms", "cpu ms", "peak MiB"],
    [`ours, ${String(once)} resources`, ...usedBy(series.ours)],
    [`raw cdktf, ${String(once)} resources`, ...usedBy(series.raw)],
    ["  its stack capture off, as in ours", ...usedBy(series.lean)],
    [`ours, ${String(more)} resources`, ...usedBy(series.oursMore)],
    [`raw cdktf, ${String(more)} resources`, ...usedBy(series.rawMore)],
  ];
  return [...aligned(rows), "", ...verdicts(ratios)].join("\n");
}

const usedBy = (runs: readonly Measurement[]): readonly string[] => [
  median(runs.map(({ wall }) => wall)).toFixed(0),
  median(runs.map(({ cpu }) => cpu)).toFixed(0),
  (median(runs.map(({ rss }) => rss)) / MIB).toFixed(0),
];

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const [first = 0, ...others] = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map(([name = "", ...cells]) =>
    [name.padEnd(first), ...cells.map((cell, column) => cell.padStart(others[column] ?? 0))].join("  "),
  );
}

function verdicts({ wall, cpu, rss, leanWall, leanCpu, growth, growthCpu, rawGrowth }: Ratios): readonly string[] {
  return [
    `ours / raw: wall ${times(wall)}${against(wall, BARS.wall)}, cpu ${times(cpu)}, peak memory ${times(rss)}${against(rss, BARS.rss)}`,
    `with its capture off: wall ${times(leanWall)}, cpu ${times(leanCpu)}`,
    `growth:     wall ${times(growth)}${against(growth, BARS.growth)}, cpu ${times(growthCpu)}; raw cdktf ${times(rawGrowth)}`,
  ];
}

const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;

const against = (ratio: number, bar: number): string =>
  ratio <= bar ? ` (at most ${String(bar)})` : ` (MISSED: at most ${String(bar)})`;

/** `{"wall":0.91,"rss":0.97,"growth":1.78}`: what a machine reads. */
export function lastLine(series: Series): string {
  const { wall, rss, growth } = ratiosOf(series);
  const rounded = Object.entries({ wall, rss, growth }).map(([name, value]) => [name, Math.round(value * 1000) / 1000]);
  return JSON.stringify(Object.fromEntries(rounded));
}
