/**
 * A public IPv4 address or a range of them as the firewalls of storage accounts and key vaults take it: no private
 * addresses, nothing smaller than /30.
 * https://learn.microsoft.com/azure/storage/common/storage-network-security,
 * https://learn.microsoft.com/azure/key-vault/general/network-security
 */
export const PUBLIC_RANGE = {
  pattern:
    /^(?!0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!\/|$)|(?=\/|$))){4}(\/([89]|[12]\d|30))?$/,
  rule: "a public IPv4 address or a range of them from /8 to /30",
};
