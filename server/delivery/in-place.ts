import type { ChannelName, ConversationRef, OutboundMessage } from "../../bots/model/index.ts";
import type { ChannelAdapter } from "../../bots/ports.ts";

/** One message under the key by which it is known when it is said again. */
export interface KeyedWords {
  key: string;
  message: OutboundMessage;
}

/** The words of one turn, ready to be said by being kept in the database of the turn itself. */
export interface WordsInPlace {
  /** To be run inside the write that commits the turn: all of them or none. False: they cannot be said here, and nothing was changed. */
  keep(): boolean;
  /** To be called when that write is durable. */
  tell(): void;
}

export type SayInPlace = (
  to: ConversationRef,
  words: readonly KeyedWords[],
  replyHandle: string | undefined,
) => WordsInPlace | undefined;

/**
 * A channel that shows what stands in the database of the store. What it says to answer a turn is said by the commit of that turn, so
 * there is nothing to deliver and nothing to try again; all other words reach it by `send`, as in every channel.
 */
export interface InPlaceChannel extends ChannelAdapter {
  sayInPlace?: SayInPlace;
}

/** Says words in place where their channel can: after the same last look, and counted as the outbox counts them. */
export function sayingInPlace(parts: {
  channels: readonly InPlaceChannel[];
  lastLook(message: OutboundMessage): OutboundMessage;
  onSaid(channel: ChannelName, count: number): void;
}): SayInPlace {
  const { channels, lastLook, onSaid } = parts;
  const byName = new Map(channels.map(({ channel, sayInPlace }) => [channel, sayInPlace]));
  return (to, words, replyHandle) => {
    const sayInPlace = byName.get(to.channel);
    const looked = sayInPlace && words.map(({ key, message }) => ({ key, message: lastLook(message) }));
    const ready = looked && sayInPlace(to, looked, replyHandle);
    if (!ready) return undefined;
    return {
      keep: ready.keep,
      tell() {
        ready.tell();
        onSaid(to.channel, words.length);
      },
    };
  };
}
