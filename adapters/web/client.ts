import type { Json } from "../../bots/model/index.ts";

/**
 * What the web channel writes to: a log of activities for each conversation, which clients read by polling or by a stream.
 * Shapes after Microsoft's "Bot Framework Activity schema", as far as this channel writes them.
 */
export interface Account {
  id: string;
  name?: string;
  role: "user" | "bot";
}

interface CardAction {
  type: "postBack" | "openUrl";
  title: string;
  value: string;
}

export interface Attachment {
  contentType: string;
  contentUrl?: string;
  name?: string;
  content?: { [key: string]: Json | undefined };
}

/** An activity before the log has given it its place. `timestamp` is the server's, ISO 8601. */
export interface ActivityDraft {
  type: string;
  timestamp: string;
  from: Account;
  name?: string;
  text?: string;
  textFormat?: "plain";
  locale?: string;
  value?: Json;
  inputHint?: "expectingInput" | "acceptingInput";
  replyToId?: string;
  suggestedActions?: { actions: CardAction[] };
  attachments?: Attachment[];
  channelData?: { [key: string]: Json | undefined };
}

/** `id` is `${conversationId}|0000001`: the place in the conversation, counted from 1. */
export interface Activity extends ActivityDraft {
  id: string;
  channelId: "directline";
  conversation: { id: string };
}

/** `watermark` stands behind the last of `activities`: asking with it again gives what came later. */
export interface ActivityPage {
  activities: Activity[];
  watermark: string;
}

interface Appended {
  watermark: string;
  /** The key was there before; `activity` is the one kept then, and nothing was written. */
  duplicate: boolean;
  activity: Activity;
}

/** What it answers is durable. Watermarks are decimal numbers; "0" or "" is the beginning. */
export interface ActivityLog {
  /** Opens a conversation and answers its unguessable id. */
  create(userId: string): Promise<string>;
  /** The user who opened the conversation; undefined when there is none of that id. */
  owner(conversationId: string): Promise<string | undefined>;
  /** Throws a StoreError that is not retryable when there is no such conversation. */
  append(conversationId: string, key: string, draft: ActivityDraft): Promise<Appended>;
  /** At most `limit` activities behind the watermark; one that lies behind the end is moved back to the end. */
  since(conversationId: string, watermark: string, limit: number): Promise<ActivityPage>;
  /**
   * Calls `listener` soon after something may have been appended, by this process or another; with what it was, where that is at hand.
   * Answers how to stop.
   */
  subscribe(conversationId: string, listener: (appended?: ActivityPage) => void): () => void;
  /** Whether somebody listens here; of other processes it knows nothing. */
  isWatched(conversationId: string): boolean;
}
