import type { Store, WordsJob } from "../../bots/ports.ts";
import type { Desk } from "../desk/desk.ts";
import { maySee, seesTheCity, textFor, type Viewer } from "../desk/viewer.ts";
import { saidText } from "../handoff/lines.ts";
import { channelOf } from "../outbox/lanes.ts";
import type { UndeliveredReader, UndeliveredWords } from "../store/sqlite/undelivered.ts";
import { createWordsReader } from "./words.ts";

/** A message that did not reach a citizen, as staff see it. */
export interface UndeliveredLine {
  id: string;
  at: Date;
  channel: string;
  kind: WordsJob["work"]["kind"];
  /** Names no person. */
  reason: string;
  attempts: number;
  /** It is told when the citizen is there again. */
  waits: boolean;
  ticket?: string;
  /** Only for those who may see the ticket. */
  words?: string;
}

/** More are of no use to people; older ones have been looked at. */
const MOST_READ = 500;
const MOST_SHOWN = 200;

/**
 * 未送达. Whoever sees the whole city sees that something did not arrive; a unit sees it of its own tickets. What the words were is shown with
 * a ticket only, to those who may see that ticket; what the bot said in a conversation never.
 */
export function createUndelivered(parts: {
  store: UndeliveredReader & Pick<Store, "loadTicket" | "loadRequest" | "accountsOf">;
  /** Who may see a ticket is known here only; without it nobody is shown any words. */
  desk?: Pick<Desk, "ticket">;
}): (viewer: Viewer) => Promise<UndeliveredLine[]> {
  const { store, desk } = parts;
  const wordsOf = createWordsReader(store);

  async function line(viewer: Viewer, each: UndeliveredWords): Promise<UndeliveredLine | undefined> {
    const { id, laneId, work, attempts, reason, endedAt, waits } = each;
    const words = work.kind === "say" ? undefined : await wordsOf(work).catch(() => undefined);
    const number = words?.ticket;
    const ticket = number === undefined ? undefined : desk?.ticket(number)?.ticket;
    const seesTicket = ticket !== undefined && maySee(viewer, ticket);
    if (!seesTicket && !seesTheCity(viewer)) return undefined;
    return {
      id,
      at: endedAt,
      channel: channelOf(laneId) ?? "",
      kind: work.kind,
      reason,
      attempts,
      waits,
      ...(number === undefined ? {} : { ticket: number }),
      ...(words && seesTicket ? { words: textFor(viewer, ticket, saidText(words.message)) } : {}),
    };
  }

  return async (viewer) => {
    const found = await Promise.all((await store.undeliveredWords(MOST_READ)).map((each) => line(viewer, each)));
    return found.flatMap((each) => each ?? []).slice(0, MOST_SHOWN);
  };
}
