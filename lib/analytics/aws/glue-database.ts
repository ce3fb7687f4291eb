import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database";
import { Construct } from "constructs";
import { literal } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { GLUE_NAME } from "./names";

/** A database in the catalog of Glue. */
export interface GlueDatabaseProps extends DataRemovalProps, AwsPlacementProps {
  /** What queries call it: `warehouse`; literal, because the folders of its tables begin with it. */
  readonly databaseName: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A database in the catalog of Glue: where engines find tables by name. */
export class GlueDatabase extends Construct {
  public readonly databaseName: string;
  public readonly databaseArn: string;
  /** The name as it was given, for folders. */
  public readonly literalName: string;
  public readonly resource: GlueCatalogDatabase;

  public constructor(scope: Construct, id: string, props: GlueDatabaseProps) {
    super(scope, id);
    assertValid(this, [
      ...place(this, "aws", props),
      ...literal("databaseName", props.databaseName),
      ...nameProblems("databaseName", props.databaseName, GLUE_NAME),
      ...dataRemovalProblems(props),
      ...tagProblems("tags", props.tags),
    ]);
    this.resource = new GlueCatalogDatabase(
      this,
      "Resource",
      placed(this, {
        name: props.databaseName,
        ...keptUnless(destroysData(this, props)),
        ...tagsFor(this, props.tags),
      }),
    );
    this.literalName = props.databaseName;
    this.databaseName = this.resource.name;
    this.databaseArn = this.resource.arn;
  }
}
