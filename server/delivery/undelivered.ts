import type { Store, WordsJob } from "../../bots/ports.ts";
import { saidText } from "../handoff/lines.ts";
import { channelOf } from "../outbox/lanes.ts";
import type { StaffUser } from "../staff/account.ts";
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

/** What a member of staff may know of tickets. */
export interface TicketSight {
  seesTheCity(user: StaffUser): boolean;
  /** A text about the ticket as far as they may read it; undefined where they may not see the ticket. */
  textFor(user: StaffUser, number: string, text: string): string | undefined;
}

/**
 * 未送达. Whoever sees the whole city sees that something did not arrive; a unit sees it of its own tickets. What the words were is shown with
 * a ticket only, to those who may see that ticket; what the bot said in a conversation never.
 */
export function createUndelivered(parts: {
  store: UndeliveredReader & Pick<Store, "loadTicket" | "loadRequest" | "accountsOf">;
  sight: TicketSight;
}): (user: StaffUser) => Promise<UndeliveredLine[]> {
  const { store, sight } = parts;
  const wordsOf = createWordsReader(store);

  async function line(user: StaffUser, each: UndeliveredWords): Promise<UndeliveredLine | undefined> {
    const { id, laneId, work, attempts, reason, endedAt, waits } = each;
    const said = work.kind === "say" ? undefined : await wordsOf(work).catch(() => undefined);
    const ticket = said?.ticket;
    const words = said && ticket !== undefined ? sight.textFor(user, ticket, saidText(said.message)) : undefined;
    if (words === undefined && !sight.seesTheCity(user)) return undefined;
    return {
      id,
      at: endedAt,
      channel: channelOf(laneId) ?? "",
      kind: work.kind,
      reason,
      attempts,
      waits,
      ...(ticket === undefined ? {} : { ticket }),
      ...(words === undefined ? {} : { words }),
    };
  }

  return async (user) => {
    const found = await Promise.all((await store.undeliveredWords(MOST_READ)).map((each) => line(user, each)));
    return found.flatMap((each) => each ?? []).slice(0, MOST_SHOWN);
  };
}
