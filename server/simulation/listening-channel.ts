import type { ChannelName, OutboundMessage } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";

export interface ListeningChannel extends ChannelAdapter {
  /** Everything a conversation was told, in order. */
  said(conversationId: string): OutboundMessage[];
}

/** A channel that keeps what it is told to send; sending the same key twice shows it once, as a real one should. */
export function createListeningChannel(channel: ChannelName = "terminal"): ListeningChannel {
  const shown = new Map<string, { key: string; message: OutboundMessage }[]>();
  const of = (id: string) => shown.get(id) ?? [];
  return {
    channel,
    capabilities: {
      maxTextLength: 100_000,
      maxChoices: 100,
      canAskLocation: true,
      canShowCards: true,
      push: "anytime",
    },
    async send(to, message, { idempotencyKey }) {
      const before = of(to.conversationId);
      if (before.some(({ key }) => key === idempotencyKey)) return;
      shown.set(to.conversationId, [...before, { key: idempotencyKey, message }]);
    },
    said: (conversationId) => of(conversationId).map(({ message }) => message),
  };
}
