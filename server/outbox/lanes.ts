import type { ChannelName, ConversationRef } from "../../bots/model/index.ts";

/** Words to a citizen: one lane for each conversation, so that they arrive in the order they were said. */
export const conversationLane = (ref: Pick<ConversationRef, "channel" | "conversationId">): string =>
  `conversation:${ref.channel}:${ref.conversationId}`;

const ASIDE = "aside:";

/** Where words of a lane wait that step out of it. */
export const asideOf = (laneId: string): string => (laneId.startsWith(ASIDE) ? laneId : `${ASIDE}${laneId}`);

const homeOf = (laneId: string): string => (laneId.startsWith(ASIDE) ? laneId.slice(ASIDE.length) : laneId);

/** The channel whose citizen a lane leads to. */
export const channelOf = (laneId: string): string | undefined => /^conversation:([^:]+):/.exec(homeOf(laneId))?.[1];

/** A request on its way to the dispatch system; apart from the conversation, so that a system that is down holds back no reply. */
export const requestLane = (requestId: string): string => `request:${requestId}`;

/** What a citizen does with a ticket (催办, 补充, 撤回), in the order they did it. */
export const ticketLane = (number: string): string => `ticket:${number}`;

/**
 * Which lanes a process may carry out: requests and tickets always, words only of the channels it has, and of one conversation
 * only where `conversation` names it. Processes that share a data directory so never take each other's words.
 */
export function servedLanes(options: {
  channels: readonly ChannelName[];
  conversation?: Pick<ConversationRef, "channel" | "conversationId">;
}): (laneId: string) => boolean {
  const only = options.conversation && conversationLane(options.conversation);
  const prefixes = options.channels.map((channel) => `conversation:${channel}:`);
  return (anyLaneId) => {
    const laneId = homeOf(anyLaneId);
    if (!laneId.startsWith("conversation:")) return true;
    return only === undefined ? prefixes.some((prefix) => laneId.startsWith(prefix)) : laneId === only;
  };
}
