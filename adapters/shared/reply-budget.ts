/** How many messages a platform still takes for a citizen who may only be answered. What it answers is durable. */
export interface ReplyBudget {
  /** Messages that may still be sent in the conversation; 0 when there are none or the time is over. */
  left(conversationId: string): number;
  /** The citizen has written: everything begins anew. What was written earlier than the latest changes nothing. */
  heard(conversationId: string, at: Date): Promise<void>;
  spend(conversationId: string): Promise<void>;
  /** The platform takes nothing more until the citizen writes again; nothing changes where they have since `at`. */
  shut(conversationId: string, at: Date): Promise<void>;
}
