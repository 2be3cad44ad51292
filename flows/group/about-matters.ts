import type { Effect, GroupMemory, OutboundMessage, SmallMatter } from "../../bots/model/index.ts";
import { groupWords } from "../text/group.ts";
import { readNumber, readShortWord, type ShortWord } from "./short-words.ts";
import { askForTicket, openingOf, reopen, solve, withdraw, withLine } from "./small-matter.ts";
import { requestOf, withoutNumbers } from "./to-request.ts";
import { calling, type GroupOutcome, type GroupParts, type KnownGroupTurn, sayRarely, workerId } from "./turn.ts";
import { mattersMeant } from "./which-matter.ts";

/** A question which matter was meant may be answered for so long. */
const ASKED_MS = 10 * 60_000;

/** "已解决", "转工单", "2": words about matters that the bot keeps, from whom they concern. Undefined for everything else. */
export async function aboutMatters(parts: GroupParts, turn: KnownGroupTurn, words: string): Promise<GroupOutcome> {
  const answered = answerToWhich(turn, words);
  const word = answered ?? readShortWord(words);
  if (!word || isTooBare(turn, word)) return undefined;
  const speaker = {
    userId: turn.message.from.userId,
    isWorker: turn.worker !== undefined,
    quote: turn.quote,
    saidAt: turn.message.sentAt,
  };
  const meant = mattersMeant(word, speaker, turn.matters);
  const [matter, ...others] = meant;
  if (!matter) return turn.mentioned ? noneMeant(turn, word) : undefined;
  if (others.length > 0) return askWhich(turn, word, meant);
  const memory: GroupMemory = { spokeAt: turn.memory.spokeAt };
  const line = {
    by: matter.author === speaker.userId ? ("author" as const) : ("grid-worker" as const),
    at: turn.message.sentAt.toISOString(),
    text: withoutNumbers(words),
  };
  const { say, effects } = await act(parts, turn, word, answered ? matter : unchanged(matter, line));
  return { say, effects, memory };
}

/** The line belongs to the talk; it is one change together with what it brings about. */
const unchanged = (matter: SmallMatter, line: SmallMatter["lines"][number]): SmallMatter => ({
  ...withLine(matter, line),
  revision: matter.revision,
});

/** "算了" and "不用了" are said to neighbours all day: without a mention, a quote or a number they are not for the bot. */
const isTooBare = ({ mentioned, quote }: KnownGroupTurn, { act: what, number }: ShortWord): boolean =>
  what === "withdraw" && !mentioned && quote === undefined && number === undefined;

function answerToWhich({ memory, message, now }: KnownGroupTurn, words: string): ShortWord | undefined {
  const { asks } = memory;
  const number = readNumber(words);
  if (!asks || number === undefined || asks.of !== message.from.userId) return undefined;
  const age = now.getTime() - Date.parse(asks.at);
  const isLater = message.sentAt.getTime() >= Date.parse(asks.at) - ASKED_MS;
  return age < ASKED_MS && isLater && asks.numbers.includes(number) ? { act: asks.act, number } : undefined;
}

function askWhich(turn: KnownGroupTurn, { act: what }: ShortWord, meant: SmallMatter[]): GroupOutcome {
  const of = turn.message.from.userId;
  const numbers = meant.map(({ number }) => number);
  const list = meant.map((each) => ({ number: each.number, words: openingOf(each) }));
  const asks = { of, act: what, numbers, at: turn.now.toISOString() };
  return { say: groupWords.which(list, [of]), effects: [], memory: { ...turn.memory, asks } };
}

function noneMeant(turn: KnownGroupTurn, { number }: ShortWord): GroupOutcome {
  const open = turn.matters.filter(({ state }) => state === "open" || state === "asking");
  const isThere = number === undefined ? open.length > 0 : open.some((matter) => matter.number === number);
  if (isThere) return sayRarely(turn, groupWords.notYours());
  return number === undefined ? undefined : sayRarely(turn, groupWords.noSuch(number));
}

type Done = { say: OutboundMessage[]; effects: Effect[] };

async function act(parts: GroupParts, turn: KnownGroupTurn, word: ShortWord, matter: SmallMatter): Promise<Done> {
  const { now, group } = turn;
  const both = calling(matter.author, workerId(group, matter.gridWorker));
  const become = (next: SmallMatter, say: OutboundMessage[]): Done => ({
    say,
    effects: [{ kind: "small-matter", matter: next }],
  });
  switch (word.act) {
    case "solved": {
      const solved = solve(matter, matter.author === turn.message.from.userId ? "author" : "grid-worker", now);
      return become(solved, groupWords.solved(solved, both));
    }
    case "unsolved": {
      const open = reopen(matter, now);
      return become(open, groupWords.reopened(open, both));
    }
    case "withdraw":
      return become(withdraw(matter, now), groupWords.withdrawn(matter));
    case "decline":
      return become(withdraw(matter, now), groupWords.declined(matter));
    case "escalate": {
      const asking = askForTicket(matter, "wish", now);
      return become(asking, groupWords.askConsent(asking, [matter.author]));
    }
    case "consent": {
      const request = await requestOf(matter, { ...parts, id: parts.newId(), now });
      return { say: groupWords.filing(matter, [matter.author]), effects: [{ kind: "file", request }] };
    }
    default:
      throw new Error(`unknown act ${word.act satisfies never}`);
  }
}
