import type { ChannelName, ConversationRef, OutboundMessage } from "./message.ts";

/** One user of one channel. A person may have several, and has proved of each that it is theirs. */
export type Account = Pick<ConversationRef, "channel" | "userId">;

/** A code as the citizen typed it, or one that was good a moment ago. */
export type CodeInHand = { typed: string } | { codeId: string };

/** What a code is worth to the account that brings it. Wrong, used, replaced and expired ones cannot be told apart. */
export type CodeLook =
  | { kind: "good"; codeId: string; channel: ChannelName }
  /** The account's own code: it has to be brought by the other one. */
  | { kind: "own" }
  /** Both accounts belong to one person already. */
  | { kind: "linked"; channel: ChannelName }
  | { kind: "unknown" }
  /** So many wrong ones came from this account, or from all together, that for a while none is looked at. */
  | { kind: "too-many" };

/** What an account does to prove that another one is the same person's. `tell` is said to every other account concerned. */
export type AccountDeed =
  /** A new code of the account, good until `until` (ISO 8601 with zone); its earlier ones are good no more. */
  | { kind: "offer"; code: string; until: string }
  | { kind: "miss" }
  | { kind: "link"; codeId: string; tell: OutboundMessage }
  | { kind: "unlink"; tell: OutboundMessage };

/** The record of such a deed. */
export interface AccountAct {
  deed: AccountDeed["kind"];
  by: Account;
  /** Whose code it was. */
  with?: Account;
  at: Date;
}
