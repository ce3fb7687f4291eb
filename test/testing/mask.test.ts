import { masked, withoutMetadata } from "../../lib/testing/mask";

test("metadata is stripped wherever it stands", () => {
  const stack = { "//": { a: 1 }, resource: { t: { n: { "//": {}, list: [{ "//": 1, b: 2 }], text: "//" } } } };
  expect(withoutMetadata(stack)).toEqual({ resource: { t: { n: { list: [{ b: 2 }], text: "//" } } } });
});

describe("the working directory", () => {
  test.each([
    ["/home/me/app/terraform.lake.tfstate", "<cwd>/terraform.lake.tfstate"],
    ["/home/me/app", "<cwd>"],
    ["file:///home/me/app/x and /home/me/app/y", "file://<cwd>/x and <cwd>/y"],
    ["/home/me/application/x", "/home/me/application/x"],
    ["/home/me/app.zip", "/home/me/app.zip"],
  ])("in %p is masked as %p", (text, expected) => {
    expect(masked({ text, list: [{ text }] }, "/home/me/app")).toEqual({ text: expected, list: [{ text: expected }] });
  });

  test("is taken by letter", () => {
    expect(masked({ text: "/a+b(c)/x /aab(c)/x" }, "/a+b(c)")).toEqual({ text: "<cwd>/x /aab(c)/x" });
  });

  test("that is the root masks nothing", () => {
    expect(masked({ text: "https://example.com/" }, "/")).toEqual({ text: "https://example.com/" });
  });
});

test("provider versions are masked, sources are not", () => {
  const stack = {
    terraform: { backend: {}, required_providers: { aws: { source: "aws", version: "6.25.0" } } },
    resource: { x: { y: { version: "1" } } },
  };
  expect(masked(stack)).toEqual({
    terraform: { backend: {}, required_providers: { aws: { source: "aws", version: "<version>" } } },
    resource: { x: { y: { version: "1" } } },
  });
});

test.each([
  [
    "assets/handler_1A2B3C4D/0123456789ABCDEF0123456789ABCDEF/handler.zip",
    "assets/handler_1A2B3C4D/<hash>/handler.zip",
  ],
  ["assets/handler/0123456789ABCDEF0123456789ABCDEF", "assets/handler/<hash>"],
  ["0123456789ABCDEF0123456789ABCDEF", "0123456789ABCDEF0123456789ABCDEF"],
  ["assets/handler/0123456789ABCDEF0123456789ABCDEF0", "assets/handler/0123456789ABCDEF0123456789ABCDEF0"],
])("of %p the hash of an asset is masked", (text, expected) => {
  expect(masked({ text })).toEqual({ text: expected });
});

test("what is no text stays as it is", () => {
  const stack = { count: 3, on: true, none: null, deep: [[1], []] };
  expect(masked(stack)).toEqual(stack);
});
