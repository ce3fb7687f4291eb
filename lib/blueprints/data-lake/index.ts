export { DataLake, type DataLakeProps, type ZoneProps } from "./data-lake";
export type { LakeCloud, ZoneBucketProps } from "./lake-cloud";
