import type { App } from "cdktf";
import { synthApp, type SynthesisedApp } from "../../lib/testing/synth";
import type { Template } from "../../lib/testing/template";
import { messageOf } from "../support/messages";
import { stackOn, templateOn, VERBS, type BucketCloud, type Verb } from "./clouds/cloud";
import { danglingReferences } from "./references";

/** What the grants of a bucket promise on every cloud, inside a stack and between two. */
export function grantContract(cloud: BucketCloud, foreign: BucketCloud): void {
  describe("a grant", () => {
    const granting = (...grants: readonly (readonly [Verb, string?])[]): Template =>
      templateOn(cloud, (stack) => {
        const bucket = cloud.make(stack, "pos");
        const principal = cloud.principal(stack, "service");
        for (const [verb, prefix] of grants) bucket.grant(verb, principal, prefix);
      });

    test.each(VERBS)("to %s is for the whole bucket, or for what is below a prefix", (verb) => {
      expect(cloud.granted(granting([verb]))).toEqual(cloud.grants[verb].whole);
      expect(cloud.granted(granting([verb, "raw/"]))).toEqual(cloud.grants[verb].below);
    });

    test("that is repeated changes nothing, and is the same one", () => {
      expect(granting(["read", "raw/"], ["read", "raw/"]).addresses()).toEqual(granting(["read", "raw/"]).addresses());
      synthApp((app) => {
        const stack = stackOn(cloud, app);
        const bucket = cloud.make(stack, "pos");
        const principal = cloud.principal(stack, "service");
        expect(bucket.grant("write", principal)).toBe(bucket.grant("write", principal));
      });
    });

    test("makes a resource wait, once", () => {
      const waiting: { dependsOn?: string[] } = { dependsOn: ["first"] };
      synthApp((app) => {
        const stack = stackOn(cloud, app);
        const grant = cloud.make(stack, "pos").grant("read", cloud.principal(stack, "service"));
        grant.before(waiting).before(waiting);
      });
      expect(waiting.dependsOn).toHaveLength(2);
    });

    test("to a principal of another cloud is refused", () => {
      const build = (app: App): void => {
        const stack = stackOn(cloud, app);
        foreign.provider(stack, "foreign");
        cloud.make(stack, "pos").grant("read", foreign.principal(stack, "stranger"));
      };
      expect(messageOf(() => synthApp(build))).toBe(
        `lake/pos has 1 problem\n  grantee must be a principal of ${cloud.name}, got one of ${foreign.name}; for ${foreign.name} create a keyless trust first and grant to the ${cloud.name} identity it ends in`,
      );
    });

    test.each([["/raw"], ["raw\n"], [42]])("below %j is refused, as in a rule", (prefix) => {
      const build = (app: App): void => {
        const stack = stackOn(cloud, app);
        cloud.make(stack, "pos").grant("read", cloud.principal(stack, "service"), prefix as string);
      };
      expect(messageOf(() => synthApp(build))).toBe(
        `lake/pos has 1 problem\n  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got ${JSON.stringify(prefix)}`,
      );
    });

    test("to what is no principal is refused", () => {
      const build = (app: App): void => void cloud.make(stackOn(cloud, app), "pos").grant("read", {} as never);
      expect(messageOf(() => synthApp(build))).toBe(
        `lake/pos has 1 problem\n  grantee must be a principal of ${cloud.name}, got {}`,
      );
    });
  });

  describe("between two stacks", () => {
    const twoStacks = (): SynthesisedApp =>
      synthApp((app) => {
        const bucket = cloud.make(stackOn(cloud, app, "lake"), "pos", {
          lifecycle: [{ prefix: "raw/", expireAfterDays: 730 }],
        });
        const use = stackOn(cloud, app, "use");
        const principal = cloud.principal(use, "service");
        for (const verb of VERBS) bucket.grant(verb, principal, "raw/");
        for (const verb of VERBS) bucket.grant(verb, principal);
      });

    test("the grantee's stack depends on the bucket's, and not the other way round", () => {
      const app = twoStacks();
      expect(app.dependencies("use")).toEqual(["lake"]);
      expect(app.dependencies("lake")).toEqual([]);
    });

    test("the wiring is a remote state, and no reference leads nowhere", () => {
      const app = twoStacks();
      const state = app.stack("use")["data"] as { readonly terraform_remote_state: object };
      expect(Object.keys(state.terraform_remote_state)).toEqual(["cross-stack-reference-input-lake"]);
      expect(danglingReferences(app.stack("use"))).toEqual([]);
      expect(danglingReferences(app.stack("lake"))).toEqual([]);
    });

    test("the provider of another stack is refused", () => {
      const build = (app: App): void => {
        const provider = cloud.provider(stackOn(cloud, app, "other"), "audit");
        cloud.make(stackOn(cloud, app), "pos", { provider });
      };
      expect(messageOf(() => synthApp(build))).toBe(
        'lake/pos has 1 problem\n  provider must be a provider of stack "lake", got the construct other/audit',
      );
    });

    test("an own provider is put on everything", () => {
      const app = synthApp((app) => {
        const stack = stackOn(cloud, app);
        cloud.make(stack, "pos", { provider: cloud.provider(stack, "audit") });
      });
      const types = Object.values(app.stack("lake")["resource"] as Record<string, Record<string, object>>);
      const providers = types
        .flatMap((type) => Object.values(type))
        .map((one): unknown => Reflect.get(one, "provider"));
      expect(new Set(providers)).toEqual(new Set([`${cloud.providerType}.audit`]));
    });
  });

  describe("a bucket that exists", () => {
    test("is referred to, granted on, and not written", () => {
      const template = templateOn(cloud, (stack) => {
        cloud.refer(stack, "old").grant("read", cloud.principal(stack, "service"), "raw/");
      });
      const whole = templateOn(cloud, (stack) => void cloud.principal(stack, "service"));
      const added = template.addresses().filter((address) => !whole.addresses().includes(address));
      expect(added).toHaveLength(1);
      expect(JSON.stringify(cloud.granted(template))).toContain("legacy");
    });
  });
}
