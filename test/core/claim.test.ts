import { Construct } from "constructs";
import { TerraformStack, type App } from "cdktf";
import { claim } from "../../lib/core/claim";
import { synthApp } from "../../lib/testing/synth";
import { lines, messageOf } from "../support/messages";

const POLICY = "aws_s3_bucket_policy";

const inApp = (run: (one: Construct, other: Construct, app: App) => void) =>
  synthApp((app) => {
    const one = new Construct(new TerraformStack(app, "lake"), "pos");
    const other = new Construct(new TerraformStack(app, "audit"), "guard");
    run(one, other, app);
  });

test("a second claim is an error that names both paths, in another stack too", () => {
  inApp((one, other) => {
    claim(one, POLICY, "acme-pos");
    expect(messageOf(() => claim(other, POLICY, "acme-pos"))).toBe(
      lines(
        "audit/guard has 1 problem",
        `  ${POLICY} of "acme-pos" must have one owner, because the server keeps one and the last writer wins, got lake/pos and audit/guard`,
      ),
    );
  });
});

test("whoever holds a claim may make it again", () => {
  inApp((one) => {
    claim(one, POLICY, "acme-pos");
    expect(() => claim(one, POLICY, "acme-pos")).not.toThrow();
  });
});

test("another thing, or another kind of it, is another claim", () => {
  inApp((one, other) => {
    claim(one, POLICY, "acme-pos");
    claim(other, POLICY, "acme-audit");
    expect(() => claim(other, "aws_s3_bucket_notification", "acme-pos")).not.toThrow();
  });
});

test("each app has its own claims", () => {
  inApp((one) => claim(one, POLICY, "acme-pos"));
  inApp((_, other) => {
    expect(() => claim(other, POLICY, "acme-pos")).not.toThrow();
  });
});
