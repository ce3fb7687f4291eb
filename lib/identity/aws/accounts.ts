/** Something that stands in an account, where that is known as a literal. */
export interface InAccount {
  readonly accountId?: string;
}

/** Whether two things are known to stand in different accounts: both sides then have to agree to a permission. */
export const inOtherAccounts = ({ accountId: one }: InAccount, { accountId: other }: InAccount): boolean =>
  one !== undefined && other !== undefined && one !== other;
