/**
 * Which of two events of the same key is the later one: negative, zero or positive as for a sort. Sequencers are
 * hexadecimal texts of different lengths, compared after the shorter one got zeros on its right.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function compareSequencers(one: string, other: string): number {
  const length = Math.max(one.length, other.length);
  const [left, right] = [one, other].map((text) => text.toUpperCase().padEnd(length, "0")) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}
