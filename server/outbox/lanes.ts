import type { ConversationRef } from "../../bots/model/index.ts";

/** Words to a citizen: one lane for each conversation, so that they arrive in the order they were said. */
export const conversationLane = (ref: Pick<ConversationRef, "channel" | "conversationId">): string =>
  `conversation:${ref.channel}:${ref.conversationId}`;

/** A request on its way to the dispatch system; apart from the conversation, so that a system that is down holds back no reply. */
export const requestLane = (requestId: string): string => `request:${requestId}`;

/** What a citizen does with a ticket (催办, 补充, 撤回), in the order they did it. */
export const ticketLane = (number: string): string => `ticket:${number}`;
