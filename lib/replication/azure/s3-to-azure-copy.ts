import { DataFactoryPipeline } from "@cdktf/provider-azurerm/lib/data-factory-pipeline";
import { Construct } from "constructs";
import { assertValid } from "../../core/errors";
import { physicalName } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { placeInAzure } from "../../identity/azure/placement";
import { bucketIdentity, CopyEngine, loopProblems } from "../loops";
import { copiedPrefixes } from "../prefixes";
import { copyActivities, CopySelection, WINDOW } from "./copy-activities";
import { copyAlarms, type S3ToAzureCopyAlarms } from "./copy-alarms";
import { AzureCopyFactory } from "./copy-factory";
import { S3ToAzureCopyMetrics } from "./copy-metrics";
import { copyProblems } from "./copy-problems";
import type { S3ToAzureCopyProps } from "./copy-props";
import { copyTrigger, type CopyTrigger } from "./copy-trigger";
import { CopyEnds, type CopyEndResources } from "./copy-ends";
import { PART_NAME } from "./factory-name";
import { s3ReaderPolicy } from "./s3-reader-policy";

/** The provider's resources of a copy besides its pipeline, each for overrides and moves. */
export interface S3ToAzureCopyResources extends CopyEndResources {
  readonly trigger: CopyTrigger;
}

/**
 * Copies from S3 into a container of Azure. Every object is compared with its copy; one that changes is copied over, one
 * that is deleted stays. The key of AWS that it takes lies in a key vault, where the factory reads it.
 */
export class S3ToAzureCopy extends Construct {
  /** The provider's class, for overrides and moves. */
  public readonly resource: DataFactoryPipeline;
  public readonly resources: S3ToAzureCopyResources;
  public readonly factory: AzureCopyFactory;
  public readonly pipelineName: string;
  /** The IAM policy that the key's user needs on AWS, as JSON. */
  public readonly readerPolicy: string;
  public readonly metrics: S3ToAzureCopyMetrics;
  /** There once there is somebody to tell. */
  public readonly alarms?: S3ToAzureCopyAlarms;

  public constructor(scope: Construct, id: string, props: S3ToAzureCopyProps) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...copyProblems(props)]);
    assertValid(this, this.roundProblems(props));
    this.factory = props.factory ?? this.ownFactory(props);
    const ends = new CopyEnds(this, this.factory, props);
    this.resource = this.pipeline(props, ends);
    this.pipelineName = this.resource.name;
    const trigger = this.trigger(props);
    ends.before(trigger);
    this.resources = { ...ends.resources, trigger };
    this.readerPolicy = s3ReaderPolicy(props.source, copiedPrefixes(props));
    const names = { factoryId: this.factory.factoryId, pipelineName: this.pipelineName, triggerName: trigger.name };
    const { resourceGroupName, provider } = props;
    this.metrics = new S3ToAzureCopyMetrics(names, { resourceGroupName, provider });
    this.alarms = copyAlarms(this, props.monitoring);
  }

  private roundProblems(props: S3ToAzureCopyProps): readonly string[] {
    const { source, destination, targetPrefix } = props;
    return loopProblems(this, "prefixes", {
      from: bucketIdentity(source.path, source.bucketArn),
      to: bucketIdentity(destination.path, destination.containerId),
      prefixes: copiedPrefixes(props),
      targetPrefix,
      engine: CopyEngine.JOB,
    });
  }

  private ownFactory({ resourceGroupName, location, provider, tags }: S3ToAzureCopyProps): AzureCopyFactory {
    return new AzureCopyFactory(this, "Factory", { resourceGroupName, location, provider, tags });
  }

  private pipeline(props: S3ToAzureCopyProps, { sourceDataset, sinkDataset }: CopyEnds): DataFactoryPipeline {
    const { targetPrefix = "", selection = CopySelection.CHANGED } = props;
    const plan = { sourceDataset, sinkDataset, prefixes: copiedPrefixes(props), targetPrefix, selection };
    return new DataFactoryPipeline(
      this,
      "Resource",
      placedGlobally(this, {
        name: physicalName(this, PART_NAME),
        dataFactoryId: this.factory.factoryId,
        description: `Copies ${props.source.path} to ${props.destination.path}`,
        activitiesJson: copyActivities(plan),
        ...(selection === CopySelection.CHANGED
          ? { parameters: { [WINDOW.start]: "", [WINDOW.end]: "" } }
          : { concurrency: 1 }),
      }),
    );
  }

  private trigger(props: S3ToAzureCopyProps): CopyTrigger {
    const { factoryId } = this.factory;
    const name = physicalName(this, PART_NAME, "trigger");
    return copyTrigger(this, { name, dataFactoryId: factoryId, pipelineName: this.pipelineName }, props);
  }
}
