import { Deadline } from "../../../lambda/shared/deadline";

test.each([
  [2000, false],
  [1999, true],
  [0, true],
])("with %d ms left it has passed: %p", (left, passed) => {
  expect(new Deadline(() => left).passed).toBe(passed);
});

test("work that took long needs twice its time again, failed or not", async () => {
  let left = 20_000;
  const deadline = new Deadline(() => left);
  const slow = deadline.measure(() => {
    left -= 5000;
    return Promise.resolve("done");
  });
  await expect(slow).resolves.toBe("done");
  expect(deadline.passed).toBe(false);
  const slower = deadline.measure(() => {
    left -= 6000;
    return Promise.reject(new Error("too slow"));
  });
  await expect(slower).rejects.toThrow("too slow");
  expect([deadline.left, deadline.passed]).toEqual([9000, true]);
});
