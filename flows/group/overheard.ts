import type { MatterLine, SmallMatter } from "../../bots/model/index.ts";
import { openOrJoin } from "./open.ts";
import { isChatter, plainRequest } from "./plain-request.ts";
import { withLine } from "./small-matter.ts";
import { withoutNumbers } from "./to-request.ts";
import { type GroupOutcome, type GroupParts, isAgreed, type KnownGroupTurn, rarely } from "./turn.ts";

/** So long after the last word about a matter the next word of those concerned belongs to it. */
const BOND_MS = 15 * 60_000;

/** A message that is not for the bot. Of chatter nothing is kept. */
export async function overheard(parts: GroupParts, turn: KnownGroupTurn, words: string): Promise<GroupOutcome> {
  if (isAgreed(turn) && plainRequest(words) && (await isForPublic(parts, turn, words))) {
    const memory = rarely(turn);
    return memory && openOrJoin(parts, { ...turn, memory }, words);
  }
  return inTalk(turn, words);
}

/** A way of the law's own, a report of somebody, or a wish about one's own papers is left alone unless the bot is asked. */
async function isForPublic({ triage }: GroupParts, { now }: KnownGroupTurn, words: string): Promise<boolean> {
  const { intent, statutory, kind } = await triage.read(words, now);
  return statutory === undefined && kind !== "report" && intent !== "progress" && intent !== "human";
}

/** Author and grid worker talk about the one matter that lies between them: the unit should know what was said. */
function inTalk({ matters, message, worker, memory, quote }: KnownGroupTurn, words: string): GroupOutcome {
  if (words === "") return undefined;
  const { userId } = message.from;
  const open = matters.filter(({ state }) => state === "open" || state === "asking");
  const theirs = open.filter((matter) => matter.author === userId || worker !== undefined);
  const [matter, ...others] = theirs;
  if (!matter || others.length > 0 || !isBound(matter, message.sentAt, quote)) return undefined;
  const by: MatterLine["by"] = matter.author === userId ? "author" : "grid-worker";
  if (by === "author" && isChatter(words)) return undefined;
  const line = { by, at: message.sentAt.toISOString(), text: withoutNumbers(words) };
  return { say: [], effects: [{ kind: "small-matter", matter: withLine(matter, line) }], memory };
}

function isBound(matter: SmallMatter, sentAt: Date, quote: string | undefined): boolean {
  const last = Date.parse(matter.lines.at(-1)?.at ?? matter.saidAt);
  const age = sentAt.getTime() - last;
  return (age >= 0 && age < BOND_MS) || (quote !== undefined && sentAt.getTime() >= Date.parse(matter.saidAt));
}
