import { S3Client } from "@aws-sdk/client-s3";
import { S3Manifests } from "../../../../lambda/retraining-trigger/adapters/manifest-store";
import { xmlError, type Responder } from "../../support/loopback";
import { against, errorOf, expectDone } from "../../support/service";

const text = '[{"prefix":"s3://acme-labels/raw/"},"ü.csv"]';
const writing = (respond: Responder) =>
  against(respond, (settings) =>
    new S3Manifests(new S3Client(settings), "acme-manifests").write("manifests/retrain-1.manifest", text),
  );

test("a manifest is put once, as JSON, and leaves encryption to the bucket", async () => {
  const run = await writing(() => ({ status: 200, headers: { etag: '"e"' } }));
  expectDone(run);
  const [request] = run.server.requests;
  expect([request?.method, request?.path]).toEqual([
    "PUT",
    "/acme-manifests/manifests/retrain-1.manifest?x-id=PutObject",
  ]);
  expect(request?.headers).toMatchObject({ "content-type": "application/json", "if-none-match": "*" });
  expect(Object.keys(request?.headers ?? {}).filter((name) => name.includes("encryption"))).toEqual([]);
  expect(request?.body).toBe(text);
});

test("one that is there already is the same", async () => {
  const run = await writing(() => xmlError("PreconditionFailed", 412));
  expectDone(run);
  expect(run.server.requests).toHaveLength(1);
});

test.each([
  ["SlowDown", 503, 3],
  ["InternalError", 500, 3],
  ["AccessDenied", 403, 1],
  ["NoSuchBucket", 404, 1],
  ["ConditionalRequestConflict", 409, 1],
])("%s (%d) is an error after %d tries", async (code, status, calls) => {
  const run = await writing(() => xmlError(code, status));
  expect([errorOf(run), run.server.requests.length]).toEqual([code, calls]);
});
