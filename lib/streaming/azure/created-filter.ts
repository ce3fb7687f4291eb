import type {
  EventgridSystemTopicEventSubscriptionAdvancedFilter as AdvancedFilter,
  EventgridSystemTopicEventSubscriptionSubjectFilter as SubjectFilter,
} from "@cdktf/provider-azurerm/lib/eventgrid-system-topic-event-subscription";
import type { AzureObjectsCreated } from "../../storage/references";

/** https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage */
export const CREATED = "Microsoft.Storage.BlobCreated";

/** In a hierarchical namespace a file is created empty, and only then written and flushed: the first of the two is no news. */
const EMPTY_FILE = "CreateFile";

/** Which events of an account are the news that was asked for. */
export const createdFilter = ({
  bucket,
  prefix = "",
  suffix,
  contentTypes = [],
}: AzureObjectsCreated): { readonly subjectFilter: SubjectFilter; readonly advancedFilter: AdvancedFilter } => ({
  subjectFilter: {
    subjectBeginsWith: `/blobServices/default/containers/${bucket.bucketName}/blobs/${prefix}`,
    ...(suffix !== undefined && { subjectEndsWith: suffix }),
    caseSensitive: true,
  },
  advancedFilter: {
    stringNotIn: [{ key: "data.api", values: [EMPTY_FILE] }],
    ...(contentTypes.length > 0 && { stringBeginsWith: [{ key: "data.contentType", values: [...contentTypes] }] }),
  },
});
