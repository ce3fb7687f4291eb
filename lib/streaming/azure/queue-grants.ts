import type { IConstruct } from "constructs";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AzurePrincipal } from "../../identity/azure/principal";
import type { AzureQueueRef } from "../references";

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage */
const SENDER = "Storage Queue Data Message Sender";
const PROCESSOR = "Storage Queue Data Message Processor";

/** Who may do what with the messages of a queue, as role assignments on it. */
export class AzureQueueGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly queue: AzureQueueRef,
  ) {}

  /** Add messages. */
  public send(grantee: Grantee<AzurePrincipal>): Grant {
    return this.give("send", SENDER, grantee);
  }

  /** Peek, receive and delete messages. */
  public consume(grantee: Grantee<AzurePrincipal>): Grant {
    return this.give("consume", PROCESSOR, grantee);
  }

  private give(verb: string, builtIn: string, grantee: Grantee<AzurePrincipal>): Grant {
    const principal = principalOf<AzurePrincipal>(this.construct, "azure", grantee);
    const { path, queueId } = this.queue;
    return principal.allow({ verb, target: path }, { scope: queueId, role: { builtIn } });
  }
}
