import type { ChannelName, Media } from "./message.ts";

/** A named person of a community grid (网格员). They are known by `userId`; a name alone becomes an id when it is first seen in the group. */
export interface GridWorker {
  name: string;
  userId?: string;
  /** What they call themselves on the platform or in the group. */
  wechatName?: string;
}

/** A community's group on a chat platform (社区微信群), as the city has configured it. */
export interface CommunityGroup {
  channel: ChannelName;
  /** As configured: the platform's id of the room, or its name. */
  room: string;
  /** The platform's id, once the room has been seen. */
  roomId?: string;
  /** The place, in words that name it within the city: 朝阳区望京街道望京西园四区社区. */
  community: string;
  /** The first is the one who answers for it. */
  gridWorkers: GridWorker[];
  /** How long a small matter may take. */
  minutes: number;
  /** The robot of the group in which the grid workers work, where there is one; who has the key can write there. */
  robotKey?: string;
  /** Present while the group agrees that the bot answers requests that do not mention it. `by`: a grid worker's name, or "administrator". */
  agreed?: { by: string; at: string };
}

/**
 * open: with the grid worker. asking: it may become a ticket, its author is asked. Ended: solved in the group (未诉先办), escalated to a
 * ticket, expired as nobody agreed to one, withdrawn by its author.
 */
export type SmallMatterState = "open" | "asking" | "solved" | "escalated" | "expired" | "withdrawn";

/** What people say of a small matter in a word. */
export type SmallMatterAct = "solved" | "unsolved" | "escalate" | "consent" | "decline" | "withdraw";

/** One line of what was said about a matter. No names: who is told by what they are to it. */
export interface MatterLine {
  by: "author" | "grid-worker" | "neighbour" | "bot";
  at: string;
  text: string;
}

/** A matter told in a group and solved there if possible (群内小事). All times ISO 8601 with zone. */
export interface SmallMatter {
  id: string;
  /** Counts from 1 in each group; what people call it by. */
  number: number;
  channel: ChannelName;
  /** The platform's id of the room. */
  conversationId: string;
  /** The citizen's id on the platform. */
  author: string;
  state: SmallMatterState;
  community: string;
  /** The grid worker's name. */
  gridWorker: string;
  /** The leaf of the catalogue, where one is plain. */
  category?: string;
  /** When the words were said, not when they reached us. */
  saidAt: string;
  openedAt: string;
  /** Until when the grid worker has time. */
  deadline: string;
  /** When the clock acts if nobody else does. */
  dueAt?: string;
  endedAt?: string;
  solvedBy?: "author" | "grid-worker";
  /** Why it may become a ticket. */
  askedFor?: "time" | "wish";
  /** The author has been asked in the private chat. */
  asked?: true;
  /** The request that it became. */
  requestId?: string;
  /** What the group has been told of the ticket. */
  told?: "filed" | "closed";
  /** The author's opening words first. */
  lines: MatterLine[];
  evidence: Media[];
  /** Counts changes. */
  revision: number;
}

/** What the bot keeps of a group between two messages. */
export interface GroupMemory {
  /** When it spoke lately without a matter of its own, ISO 8601; oldest first. */
  spokeAt: string[];
  /** A question which matter was meant, and by whom it is to be answered. */
  asks?: { of: string; act: SmallMatterAct; numbers: number[]; at: string };
}
