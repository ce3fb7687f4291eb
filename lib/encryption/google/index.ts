export {
  GoogleKey,
  KeyProtection,
  type GoogleKeyProps,
  type GoogleKeyResources,
  type GoogleKeyRing,
  type IGoogleKey,
} from "./key";
export type { GoogleKeyGrants } from "./key-grants";
export type { GoogleKeyAttributes } from "./referred-key";
