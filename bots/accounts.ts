import type { Account } from "./model/index.ts";

/** Whether an account is the one that `owner` names. */
export const isAccountOf =
  (owner: Account) =>
  ({ channel, userId }: Account): boolean =>
    channel === owner.channel && userId === owner.userId;
