import type { ConversationRef } from "./message.ts";
import type { Place } from "./place.ts";
import type { RequestKind } from "./request.ts";
import type { TicketStatus } from "./ticket.ts";

/** What a request is about, as far as two of them can be compared. */
export interface Matter {
  description: string;
  /** The leaf of the catalogue, six digits. */
  category?: string;
  place?: Place;
  /** When it was told, ISO 8601 with zone. */
  at: string;
}

/** What spoke for two matters being the same, or against it. */
export type LikenessReason =
  | "same-words"
  | "same-leaf"
  | "same-community"
  | "same-name"
  | "near-point"
  | "other-leaf"
  | "other-place"
  | "other-name"
  | "other-number"
  | "far-point"
  | "other-time";

/** `score`: 0 to 1, the likelihood that two matters are one and the same. */
export interface Likeness {
  score: number;
  reasons: LikenessReason[];
}

/** A filed request as the comparison needs it. It holds a citizen's words: flows never see one. */
export interface KnownMatter {
  requestId: string;
  owner: ConversationRef;
  number: string;
  kind: RequestKind;
  matter: Matter;
}

/** What a citizen may be told of an earlier ticket of the same matter; of other people's tickets nothing that a person wrote. */
export type SameMatter =
  | { kind: "own"; number: string; status: TicketStatus; unit?: string; since: string }
  | { kind: "neighbours"; number: string; category: string; voices: number; unit?: string; since: string };
