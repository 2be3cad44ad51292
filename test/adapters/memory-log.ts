import type { Activity, ActivityLog } from "../../adapters/web/index.ts";
import { StoreError } from "../../bots/errors.ts";

/** The web channel's log, kept in memory. */
export function createMemoryLog(): ActivityLog {
  const conversations = new Map<string, { userId: string; keys: string[]; activities: Activity[] }>();
  const listeners = new Set<{ conversationId: string; listener(): void }>();
  return {
    async create(userId) {
      const id = `conversation-${conversations.size + 1}`;
      conversations.set(id, { userId, keys: [], activities: [] });
      return id;
    },
    async owner(conversationId) {
      return conversations.get(conversationId)?.userId;
    },
    async append(conversationId, key, draft) {
      const conversation = conversations.get(conversationId);
      if (!conversation) throw new StoreError("no such conversation", { retryable: false });
      const { keys, activities } = conversation;
      const known = activities[keys.indexOf(key)];
      if (known) return { watermark: String(keys.indexOf(key) + 1), duplicate: true, activity: known };
      keys.push(key);
      const id = `${conversationId}|${String(keys.length).padStart(7, "0")}`;
      const activity = { ...draft, id, channelId: "directline" as const, conversation: { id: conversationId } };
      activities.push(activity);
      for (const entry of listeners) if (entry.conversationId === conversationId) entry.listener();
      return { watermark: String(keys.length), duplicate: false, activity };
    },
    async since(conversationId, watermark, limit) {
      const from = Number(watermark);
      const all = conversations.get(conversationId)?.activities ?? [];
      const activities = all.slice(from, from + limit);
      return { activities, watermark: String(Math.min(from, all.length) + activities.length) };
    },
    subscribe(conversationId, listener) {
      const entry = { conversationId, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    isWatched: (conversationId) => [...listeners].some((entry) => entry.conversationId === conversationId),
  };
}
