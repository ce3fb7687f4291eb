import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Grant, Principal } from "../../core/grant";
import type { GrantName } from "../grant-name";

/** What a membership is held to. https://cloud.google.com/iam/docs/conditions-overview */
export interface IamCondition {
  /** Short name, at most 100 bytes. */
  readonly title: string;
  /** In the Common Expression Language. */
  readonly expression: string;
}

/** A role for one member, as every `google_*_iam_member` takes it. */
export interface IamMember {
  readonly role: string;
  readonly member: string;
  readonly condition?: IamCondition;
}

/** A role on a resource. The resource types differ, so what is granted on brings its own. */
export interface GooglePermission {
  /** Such as `roles/storage.objectViewer`. */
  readonly role: string;
  /** @default - none */
  readonly condition?: IamCondition;
  /** Renders the membership: `(scope, id, member) => new StorageBucketIamMember(scope, id, { ...member, bucket })`. */
  readonly bind: (scope: Construct, id: string, member: IamMember) => ITerraformDependable;
}

/** An identity of Google Cloud that acts without a person: a service account, own or referred to. */
export interface GooglePrincipal extends Principal<"google"> {
  readonly email: string;
  /** As policies name it: `serviceAccount:<email>`. */
  readonly member: string;
  /** Adds one membership below the service account, or answers with the one that is there. */
  allow(name: GrantName, permission: GooglePermission): Grant;
}
