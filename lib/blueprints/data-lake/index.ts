export { DataLake, type DataLakeProps, type ZoneProps } from "./data-lake";
export type { LakeCloud, LakeTransfers, OpenedBucket, ZoneBucketProps, ZoneCopy, ZoneTransfer } from "./lake-cloud";
