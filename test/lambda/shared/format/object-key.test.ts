import fc, { anyText } from "../../support/properties";
import {
  decodeFormKey,
  isFolderMarker,
  liesIn,
  overlaps,
  parseS3Uri,
  unsafeKeyRule,
  utf8Bytes,
} from "../../../../lambda/shared/format/object-key";

describe("the key of a notification", () => {
  test.each([
    ["raw/a.csv", "raw/a.csv"],
    ["a+b", "a b"],
    ["a%2Bb", "a+b"],
    ["%C3%BC", "ü"],
    ["%F0%9F%A6%8A", "🦊"],
    ["100%25", "100%"],
    ["", ""],
  ])("%p is %p", (encoded, key) => {
    expect(decodeFormKey(encoded)).toBe(key);
  });

  test.each(["%", "%2", "%ZZ", "a%", "%C3", "%FF", "%ED%A0%80", "%C0%AF"])("%p cannot be decoded", (encoded) => {
    expect(decodeFormKey(encoded)).toBeUndefined();
  });

  test("every key comes back from its encoding", () => {
    fc.assert(
      fc.property(anyText(), (key) => {
        const encoded = encodeURIComponent(key).replace(/%20/g, "+");
        expect(decodeFormKey(encoded)).toBe(key);
      }),
    );
  });

  test("no text makes it throw", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(["string", "undefined"]).toContain(typeof decodeFormKey(text));
      }),
    );
  });
});

test("bytes are those of UTF-8", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
    }),
  );
  expect(utf8Bytes("\ud800")).toBe(3);
});

test.each([
  [{ key: "raw/", size: 0 }, true],
  [{ key: "raw/x_$folder$", size: 0 }, true],
  [{ key: "raw/", size: 1 }, false],
  [{ key: "raw/a.csv", size: 0 }, false],
])("%p is a folder marker: %p", (object, expected) => {
  expect(isFolderMarker(object)).toBe(expected);
});

test.each([
  ["raw/a.csv", undefined],
  ["raw/a..b.csv", undefined],
  ["raw/.hidden", undefined],
  ["raw/…/ü 🦊.csv", undefined],
  ["raw/../a.csv", "without . and .. segments"],
  ["../a.csv", "without . and .. segments"],
  ["raw/./a.csv", "without . and .. segments"],
  ["raw/..", "without . and .. segments"],
  ["/raw/a.csv", "without a leading or trailing slash"],
  ["raw/a.csv/", "without a leading or trailing slash"],
  ["raw/a\n.csv", "without control characters and unpaired surrogates"],
  ["raw/\u0085.csv", "without control characters and unpaired surrogates"],
  ["raw/\u0000.csv", "without control characters and unpaired surrogates"],
  ["raw/\ud800.csv", "without control characters and unpaired surrogates"],
])("the key %j must be %p", (key, rule) => {
  expect(unsafeKeyRule(key)).toBe(rule);
});

test.each([
  ["models", "models/a", true],
  ["models/", "models/a", true],
  ["models", "models-old/a", false],
  ["models", "models", false],
  ["", "anything", true],
])("the folder %p holds %p: %p", (prefix, key, expected) => {
  expect(liesIn({ bucket: "b", key }, { bucket: "b", prefix })).toBe(expected);
  expect(liesIn({ bucket: "other", key }, { bucket: "b", prefix })).toBe(false);
});

test.each([
  ["raw/", "models", false],
  ["raw/", "raw-models", false],
  ["raw/", "raw/models", true],
  ["raw/", "raw", true],
  ["raw", "raw-models", true],
  ["", "models", true],
  ["raw/", "", true],
  ["models/data/", "models", true],
])("watching %p and writing to %p overlap: %p", (watched, written, expected) => {
  expect(overlaps({ bucket: "b", prefix: watched }, { bucket: "b", prefix: written })).toBe(expected);
  expect(overlaps({ bucket: "b", prefix: watched }, { bucket: "other", prefix: written })).toBe(false);
});

test("whatever is written to a place that does not overlap is not watched", () => {
  const prefix = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 4 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(prefix, prefix, prefix, (watched, written, name) => {
      const place = { bucket: "b", prefix: written };
      const key = written === "" || written.endsWith("/") ? `${written}${name}` : `${written}/${name}`;
      fc.pre(!overlaps({ bucket: "b", prefix: watched }, place));
      expect(key.startsWith(watched)).toBe(false);
    }),
  );
});

test.each([
  ["s3://bucket", { bucket: "bucket", prefix: "" }],
  ["s3://bucket/", { bucket: "bucket", prefix: "" }],
  ["s3://bucket/a/b", { bucket: "bucket", prefix: "a/b" }],
  ["s3:///a", undefined],
  ["https://bucket/a", undefined],
])("%p is the place %p", (uri, place) => {
  expect(parseS3Uri(uri)).toEqual(place);
});
