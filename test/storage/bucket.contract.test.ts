import { bucketContract } from "./bucket-contract";
import { AWS } from "./clouds/aws";
import { AZURE } from "./clouds/azure";
import { GOOGLE } from "./clouds/google";

describe("a bucket of AWS", () => {
  bucketContract(AWS, GOOGLE);
});

describe("a bucket of Azure", () => {
  bucketContract(AZURE, AWS);
});

describe("a bucket of Google Cloud", () => {
  bucketContract(GOOGLE, AZURE);
});
