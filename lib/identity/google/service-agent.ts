import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { place } from "../../core/placement";
import type { GrantName } from "../grant-name";
import { Memberships } from "./memberships";
import type { GooglePermission, GooglePrincipal } from "./principal";

/** The services of Google that act in a project with an identity of their own. https://cloud.google.com/iam/docs/service-agents */
export const GoogleService = {
  STORAGE: "storage",
  STORAGE_TRANSFER: "storage-transfer",
} as const;
export type GoogleService = (typeof GoogleService)[keyof typeof GoogleService];

const EMAIL: Readonly<Record<GoogleService, (projectNumber: string) => string>> = {
  // https://cloud.google.com/storage/docs/projects#service-agents
  [GoogleService.STORAGE]: (number) => `service-${number}@gs-project-accounts.iam.gserviceaccount.com`,
  // https://cloud.google.com/storage-transfer/docs/iam-cloud
  [GoogleService.STORAGE_TRANSFER]: (number) => `project-${number}@storage-transfer-service.iam.gserviceaccount.com`,
};

/** The service agent of a service in the project of the environment, by its name alone. */
export const serviceAgentMember = (scope: Construct, service: GoogleService): string =>
  `serviceAccount:${EMAIL[service](projectNumber(scope))}`;

const projectNumber = (scope: Construct): string =>
  environmentFact(scope, "google.projectNumber", ({ google }) => google?.projectNumber);

/**
 * The service agent of a service, to grant to. There is one of each in a stack, whoever asks first: two memberships of one
 * agent would be one to Google, and removing either would take the right from both.
 *
 * Google makes an agent when the service is used for the first time in a project (`gcloud beta services identity create`
 * does it before).
 */
export class GoogleServiceAgent extends Construct implements GooglePrincipal, Grantee<GooglePrincipal> {
  /**
   * The agent in the project of the scope's environment.
   *
   * @throws ConstructValidationError when no environment declares the project's number
   */
  public static of(scope: Construct, service: GoogleService): GoogleServiceAgent {
    const number = projectNumber(scope);
    const stack = TerraformStack.of(scope);
    const id = `${service}-agent-${number}`;
    const known = stack.node.tryFindChild(id) as GoogleServiceAgent | undefined;
    return known ?? new GoogleServiceAgent(stack, id, EMAIL[service](number));
  }

  public readonly cloud = "google";
  public readonly grantPrincipal: GooglePrincipal = this;
  public readonly email: string;
  public readonly member: string;
  private readonly memberships: Memberships;

  private constructor(scope: Construct, id: string, email: string) {
    super(scope, id);
    assertValid(this, place(this, "google", {}));
    this.email = email;
    this.member = `serviceAccount:${email}`;
    this.memberships = new Memberships(this, this.member);
  }

  public allow(name: GrantName, permission: GooglePermission): Grant {
    return this.memberships.allow(name, permission);
  }
}
