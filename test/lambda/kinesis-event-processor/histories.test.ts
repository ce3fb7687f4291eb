/** Thousands of random histories: whatever fails when, nothing is lost, order is kept, and nobody's card number is anywhere. */
import { policyOf } from "../../../lambda/kinesis-event-processor/core";
import { makeHandler } from "../../../lambda/kinesis-event-processor/handler";
import type { OutputEntry } from "../../../lambda/kinesis-event-processor/ports";
import { InMemoryCounts, InMemoryDeadLetters, InMemoryLog } from "../support/in-memory";
import { deliverShard, streamRecord } from "../support/stream-simulator";

const HISTORIES = 2000;
const CARD = "4111 1111 1111 1111";
const POLICY = policyOf(
  {
    RAW_BUCKET: "acme-raw",
    RAW_PREFIX: "raw/",
    OUTPUT_STREAM: "hub",
    DEAD_LETTER_QUEUE_URL: "https://sqs/dead",
    REQUIRED_FIELDS: ["sale_id", "sku", "amount"],
    PARTITION_KEY_FIELD: "store_id",
  },
  1024 * 1024,
);

/** Numbers from 0 to below 1, the same for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A record of a sale, or one of what goes wrong with it. */
function textOf(position: number, kind: number): string {
  const sale = { sale_id: position, sku: "a", amount: 1, store_id: `store-${String(position % 3)}` };
  if (kind < 0.1) return `{"sale_id":${String(position)}`;
  if (kind < 0.2) return JSON.stringify({ sale_id: position, note: CARD });
  if (kind < 0.3) return `{"sale_id":${String(position)},"sku":"a","amount":1,"amount":2}`;
  return JSON.stringify(kind < 0.6 ? { ...sale, note: `paid with ${CARD}`, card: { number: 4111111111111111 } } : sale);
}

/** The world behind the handler, whose calls fail before or after their effect. */
class World {
  public readonly handedOn: OutputEntry[] = [];
  public readonly copies = new Map<string, readonly string[]>();
  public readonly deadLetters = new InMemoryDeadLetters();
  public readonly log = new InMemoryLog();
  public readonly logged: unknown[] = [];

  public constructor(
    private readonly random: () => number,
    private readonly trouble: number,
  ) {}

  public handler() {
    const { log, deadLetters, copies, handedOn } = this;
    return makeHandler({
      policy: POLICY,
      output: {
        put: (entries) => {
          const taken = this.random() < this.trouble ? Math.floor(this.random() * entries.length) : entries.length;
          return this.call(() => {
            handedOn.push(...entries.slice(0, taken));
            return taken;
          });
        },
      },
      raw: { write: (key, lines) => this.call(() => void copies.set(key, lines)) },
      deadLetters: { send: (message) => this.call(() => void deadLetters.messages.push(message)) },
      log: {
        begin: () => undefined,
        info: (...line) => this.logged.push(line) && log.info(...line),
        warn: (...line) => this.logged.push(line) && log.warn(...line),
        error: (...line) => this.logged.push(line) && log.error(...line),
      },
      counts: new InMemoryCounts(),
      now: () => Date.UTC(2026, 2, 15),
    });
  }

  /** Fails before the effect, or after it as a crash does, or not at all. */
  private call<T>(effect: () => T): Promise<T> {
    const kind = this.random();
    if (kind < this.trouble / 2) return Promise.reject(new Error(`throttled for ${CARD}`));
    const result = effect();
    return kind < this.trouble ? Promise.reject(new Error("connection reset")) : Promise.resolve(result);
  }
}

const idOf = (line: string): string => (JSON.parse(line) as { readonly _origin: { readonly id: string } })._origin.id;
const lastById = (entries: readonly OutputEntry[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ data }) => [idOf(data), data]));

/** Ids in the order in which they first came out, by partition key. */
function firstOrder(entries: readonly OutputEntry[]): Readonly<Record<string, readonly string[]>> {
  const order: Record<string, string[]> = {};
  for (const { partitionKey, data } of entries) {
    const ids = (order[partitionKey] ??= []);
    if (!ids.includes(idOf(data))) ids.push(idOf(data));
  }
  return order;
}

interface History {
  readonly clean: World;
  readonly world: World;
  /** Ids of the records that the stream gave up. */
  readonly givenUp: readonly string[];
}

async function history(seed: number): Promise<History> {
  const random = randomOf(seed);
  const count = 1 + Math.floor(random() * 12);
  const records = Array.from({ length: count }, (_, position) =>
    streamRecord(position, Buffer.from(textOf(position, random())), "shop"),
  );
  const settings = (trouble: number) => ({
    batchSize: 1 + Math.floor(random() * 6),
    retries: 6,
    again: () => trouble > 0 && random() < 0.1,
    remaining: () => (random() < trouble / 4 ? 1000 : 60_000),
  });
  const clean = new World(random, 0);
  await deliverShard(records, clean.handler(), settings(0));
  const world = new World(random, 0.25);
  const givenUp = await deliverShard(records, world.handler(), settings(0.25));
  return { clean, world, givenUp: givenUp.map(({ eventID }) => eventID) };
}

const refusedOf = ({ deadLetters }: World): ReadonlySet<string> =>
  new Set(deadLetters.messages.map(({ refused }) => (refused.kind === "record" ? refused.text : "")));

/** What must never be, of one history. */
function faultsOf({ clean, world, givenUp }: History): readonly string[] {
  const out = lastById(world.handedOn);
  const wanted = lastById(clean.handedOn);
  const expected = [...wanted].filter(([id]) => !givenUp.includes(id));
  const copied = new Set([...world.copies.values()].flat().map(idOf));
  const sinks = JSON.stringify([world.handedOn, [...world.copies], world.deadLetters.messages, world.logged]);
  const unordered = Object.values(firstOrder(world.handedOn)).some((ids) => ids.join() !== [...ids].sort().join());
  const unquarantined = [...refusedOf(clean)].filter((text) => !refusedOf(world).has(text));
  return [
    ...expected.filter(([id, line]) => out.get(id) !== line).map(([id]) => `lost or changed: ${id}`),
    ...expected.filter(([id]) => !copied.has(id)).map(([id]) => `not copied: ${id}`),
    ...[...out.keys()].filter((id) => !wanted.has(id)).map((id) => `made up: ${id}`),
    ...(givenUp.length === 0 ? unquarantined.map((text) => `not quarantined: ${text}`) : []),
    ...(unordered ? ["out of order"] : []),
    ...(/4111[ -]?1111[ -]?1111[ -]?1111/.test(sinks) ? ["a card number"] : []),
  ];
}

test(`${String(HISTORIES)} histories lose nothing, keep order and effects, and show no card number`, async () => {
  const faults: string[] = [];
  let troubled = 0;
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const one = await history(seed);
    faults.push(...faultsOf(one).map((fault) => `history ${String(seed)}: ${fault}`));
    if (one.givenUp.length > 0 || one.world.handedOn.length > one.clean.handedOn.length) troubled += 1;
  }
  expect(faults).toEqual([]);
  expect(troubled).toBeGreaterThan(HISTORIES / 4);
}, 60_000);
