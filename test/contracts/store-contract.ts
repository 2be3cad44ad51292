import { afterEach, beforeEach, describe } from "vitest";
import type { Store } from "../../bots/ports.ts";
import { groupCases } from "./store-group-cases.ts";
import { handoffCases } from "./store-handoff-cases.ts";
import { matterCases } from "./store-matter-cases.ts";
import { personCases } from "./store-person-cases.ts";
import { queueCases } from "./store-queue-cases.ts";
import { ticketCases } from "./store-ticket-cases.ts";
import { turnCases } from "./store-turn-cases.ts";

/** Opens an empty store. */
export type OpenStore = () => Promise<{ store: Store; close: () => Promise<void> }>;

/** What every store must do, whatever it keeps things in. */
export function storeContract(name: string, open: OpenStore): void {
  describe(`${name} keeps the store's promises`, () => {
    let opened: Awaited<ReturnType<OpenStore>>;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const store = () => opened.store;
    describe("turns", () => turnCases(store));
    describe("jobs", () => queueCases(store));
    describe("requests and tickets", () => ticketCases(store));
    describe("people in the conversation", () => handoffCases(store));
    describe("community groups", () => groupCases(store));
    describe("one person, several accounts", () => personCases(store));
    describe("one ticket, many voices", () => matterCases(store));
  });
}
