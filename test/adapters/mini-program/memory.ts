import { type Citizens, createMiniProgramAdapter } from "../../../adapters/mini-program/index.ts";
import { noticeField } from "../../../flows/index.ts";
import { createMemoryBook } from "../memory-book.ts";

export const at = new Date("2026-03-01T08:00:00+08:00");
export const USER = "mp-citizen";
export const OPEN_ID = "oCitizen";

/** One citizen, known and kept in memory. */
export function createMemoryCitizens(left: number): Citizens & { left: number; allowed: number } {
  const noticed = new Set<string>();
  const citizens = {
    left,
    allowed: 0,
    userIdOf: () => USER,
    meet: async () => USER,
    openIdOf: (userId: string) => (userId === USER ? OPEN_ID : undefined),
    messagesLeft: () => citizens.left,
    async grant(_userId: string, { messages }: { messages: number }) {
      citizens.left = Math.max(citizens.left, messages);
    },
    async spend() {
      citizens.left -= 1;
    },
    async shut() {
      citizens.left = 0;
    },
    permissions: () => citizens.allowed,
    async allow() {
      citizens.allowed += 1;
    },
    async used(_userId: string, _templateId: string, key: string) {
      noticed.add(key);
      citizens.allowed -= 1;
    },
    wasNoticed: (key: string) => noticed.has(key),
    async forbid() {
      citizens.allowed = 0;
    },
  };
  return citizens;
}

/** The channel with a book in memory and nobody in the chat; `parts` say what is different. */
export const adapterWith = (
  parts: Pick<Parameters<typeof createMiniProgramAdapter>[0], "client"> &
    Partial<Parameters<typeof createMiniProgramAdapter>[0]>,
) =>
  createMiniProgramAdapter({
    appId: "wx9f8a7b6c5d4e3f21",
    token: "spamtest",
    book: createMemoryBook(),
    citizens: createMemoryCitizens(99),
    inApp: { send: async () => undefined, isWatched: () => false },
    clock: { now: () => at },
    words: { whileAway: "您不在的时候：", noticeField, ticketPage: (url) => `进度：${url}` },
    publicUrl: "https://12345.example.gov.cn",
    ...parts,
  });
