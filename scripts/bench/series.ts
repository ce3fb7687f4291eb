import { median, type Measurement, type Program } from "./measure";
import type { Pair } from "./programs";

/** What every program used in each round. */
export interface Series {
  readonly ours: readonly Measurement[];
  readonly raw: readonly Measurement[];
  /** Raw, with cdktf's stack capture off. */
  readonly lean: readonly Measurement[];
  readonly oursMore: readonly Measurement[];
  readonly rawMore: readonly Measurement[];
}

/** What is compared: medians of the ratios within a round, so that a machine with other work to do slows both sides. */
export interface Ratios {
  /** Ours over raw. */
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
  /** Ours over raw with the stack capture off on both sides: what the library itself costs. */
  readonly leanWall: number;
  readonly leanCpu: number;
  /** Wall time of ours at several times the size over that at one. */
  readonly growth: number;
  readonly growthCpu: number;
  /** The same of the raw programs: what cdktf itself takes. */
  readonly rawGrowth: number;
}

/** The most that the ratios may be. */
export const BARS = { wall: 1.1, rss: 1.1, growth: 2.2 } as const;

/** Runs all programs in turn, round after round; the second round begins with what ended the first one. */
export function measured(once: Pair, more: Pair, rounds: number, run: (program: Program) => Measurement): Series {
  const programs = { ours: once.ours, raw: once.raw, lean: once.lean, oursMore: more.ours, rawMore: more.raw };
  const names = Object.keys(programs) as (keyof Series)[];
  const series: Record<keyof Series, Measurement[]> = { ours: [], raw: [], lean: [], oursMore: [], rawMore: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) series[name].push(run(programs[name]));
  return series;
}

/** The ratios of a series. */
export function ratiosOf({ ours, raw, lean, oursMore, rawMore }: Series): Ratios {
  return {
    wall: ratio(ours, raw, "wall"),
    cpu: ratio(ours, raw, "cpu"),
    rss: ratio(ours, raw, "rss"),
    leanWall: ratio(ours, lean, "wall"),
    leanCpu: ratio(ours, lean, "cpu"),
    growth: ratio(oursMore, ours, "wall"),
    growthCpu: ratio(oursMore, ours, "cpu"),
    rawGrowth: ratio(rawMore, raw, "wall"),
  };
}

const ratio = (of: readonly Measurement[], over: readonly Measurement[], what: keyof Measurement): number =>
  median(of.map((one, round) => one[what] / (over[round]?.[what] ?? Number.NaN)));
