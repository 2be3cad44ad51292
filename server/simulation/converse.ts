import { randomUUID } from "node:crypto";
import type { ConversationRef, InboundContent } from "../../bots/model/index.ts";
import type { House } from "../house.ts";
import { answerTo, type CitizenRecord, type Question, questionIn } from "./citizen.ts";
import type { ListeningChannel } from "./listening-channel.ts";

/** How one conversation went. */
export interface Course {
  id: string;
  /** The ticket's number, when the dispatch system accepted. */
  number?: string;
  /** Messages of the citizen, from the opening to the confirmation. */
  turns: number;
  /** Questions in the order in which they were put. */
  asked: Question[];
  /** Questions that were put again after the citizen had answered them. */
  askedTwice: Question[];
}

/** A citizen who gets no ticket in so many messages gives up. */
const PATIENCE = 12;
/** What is asked once of a request; the rest are offers, or steps that may come again. */
const ONCE: ReadonlySet<Question> = new Set(["place", "contact", "category", "split", "company", "same-matter"]);

/** Lets a simulated citizen talk until there is a ticket, nothing is left to say, or their patience ends. */
export async function converse(
  house: Pick<House, "receive" | "idle" | "store">,
  channel: ListeningChannel,
  record: CitizenRecord,
): Promise<Course> {
  const from: ConversationRef = { channel: "terminal", conversationId: record.id, userId: record.id };
  const asked: Question[] = [];
  let content: InboundContent = { kind: "text", text: record.letter };
  for (let turns = 1; turns <= PATIENCE; turns++) {
    const before = channel.said(record.id).length;
    await house.receive({ id: randomUUID(), from, sentAt: new Date(), content });
    await house.idle();
    const number = await filedNumber(house, from);
    if (number !== undefined) return { id: record.id, number, turns, asked, askedTwice: twice(asked) };
    const said = channel.said(record.id).slice(before);
    asked.push(questionIn(said).question);
    const next = answerTo(record, said);
    if (!next) return { id: record.id, turns, asked, askedTwice: twice(asked) };
    content = next;
  }
  return { id: record.id, turns: PATIENCE, asked, askedTwice: twice(asked) };
}

async function filedNumber({ store }: Pick<House, "store">, from: ConversationRef): Promise<string | undefined> {
  const [newest] = await store.ticketsOf(from, 1);
  return newest?.filing.kind === "filed" ? newest.filing.number : undefined;
}

/** The opening has told the matter: asking for it at all is asking again. */
const twice = (asked: Question[]): Question[] =>
  asked.filter(
    (question, index) => question === "description" || (ONCE.has(question) && asked.indexOf(question) < index),
  );
