import { processMessages } from "../../../lambda/shared/sqs-batch";
import { queue } from "../support/events";

const failing =
  (...ids: readonly string[]) =>
  ({ messageId }: { readonly messageId: string }): Promise<void> =>
    ids.includes(messageId) ? Promise.reject(new Error("no")) : Promise.resolve();

test.each([
  [[], []],
  [["m2"], ["m2"]],
  [
    ["m1", "m2", "m3"],
    ["m1", "m2", "m3"],
  ],
])("where %p fail, these come again and nothing is thrown", async (ids, failed) => {
  const response = await processMessages(queue("a", "b", "c"), failing(...ids));
  expect(response).toEqual({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });
});

test("messages are handled one after the other", async () => {
  const seen: string[] = [];
  await processMessages(queue("a", "b"), async ({ body }) => {
    seen.push(`${body} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${body} ends`);
  });
  expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});
