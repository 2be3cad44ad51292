import type {
  ChannelCapabilities,
  ChannelName,
  ConversationRef,
  InboundMessage,
  OutboundMessage,
} from "../model/index.ts";

/**
 * One channel. `send` may be called again with the same idempotency key after a crash and must then not show the
 * message twice where the platform makes that possible.
 */
export interface ChannelAdapter {
  channel: ChannelName;
  capabilities: ChannelCapabilities;
  send(to: ConversationRef, message: OutboundMessage, options: SendOptions): Promise<void>;
}

export interface SendOptions {
  idempotencyKey: string;
  replyHandle?: string;
  /** The number of the ticket that the message is about. */
  ticket?: string;
  /** Why nothing may be pushed to the citizen now. The channel does not try: it answers if it can, else takes the next best way. */
  shut?: string;
  /** To be called for each message that went out otherwise than as an answer, where `capabilities.push` limits their number. */
  pushed?(): Promise<void>;
  /**
   * What is to be said to the same citizen right after it, for channels that merge messages. A channel that sends it too must
   * know it again by its key, for it will be handed in by itself.
   */
  behind?(): Promise<{ key: string; message: OutboundMessage }[]>;
}

/** How a message reaches the engine: committed once, or known from before. */
export type Receive = (message: InboundMessage) => Promise<"committed" | "duplicate">;
