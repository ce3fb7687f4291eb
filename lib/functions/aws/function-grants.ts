import type { IConstruct } from "constructs";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AwsPrincipal } from "../../identity/aws/principal";

/** Who may do what with a function. */
export class FunctionGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly functionArn: string,
  ) {}

  /** Run it. */
  public invoke(grantee: Grantee<AwsPrincipal>): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    return principal.allow({ verb: "invoke", target: this.construct.node.path }, [
      { actions: ["lambda:InvokeFunction"], resources: [this.functionArn] },
    ]);
  }
}
