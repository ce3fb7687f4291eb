export { GoogleTransferAccess, type GoogleTransferAccessProps } from "./google-transfer-access";
