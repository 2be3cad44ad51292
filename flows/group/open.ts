import type { SmallMatter } from "../../bots/model/index.ts";
import { groupWords } from "../text/group.ts";
import { openingOf, openMatter, withLine } from "./small-matter.ts";
import { placeOf, withoutNumbers } from "./to-request.ts";
import { calling, type GroupOutcome, type GroupParts, type KnownGroupTurn, workerId } from "./turn.ts";

/** What its author says so soon after is about the same matter. */
const SAME_TALK_MS = 10 * 60_000;
/** More than a grid worker can look after; beyond, people are led to the private chat. */
const MOST_OPEN = 30;
/** A leaf this likely is noted for counting; nobody is asked about it. */
const PLAIN_LEAF = 0.5;

const isOpen = ({ state }: SmallMatter): boolean => state === "open" || state === "asking";

/** A request of the group: a new small matter, or one more voice of one that is open. */
export async function openOrJoin(parts: GroupParts, turn: KnownGroupTurn, words: string): Promise<GroupOutcome> {
  const { message, mentioned, memory, now, group } = turn;
  const kept = withoutNumbers(words);
  const open = turn.matters.filter(isOpen);
  const same = await sameMatter(parts, turn, kept, open);
  if (same) {
    const by = same.author === message.from.userId ? "author" : turn.worker ? "grid-worker" : "neighbour";
    const matter = withLine(same, { by, at: message.sentAt.toISOString(), text: kept });
    const say = mentioned ? groupWords.alreadyOpen(same, [message.from.userId]) : [];
    return { say, effects: [{ kind: "small-matter", matter }], memory };
  }
  if (open.length >= MOST_OPEN) return { say: groupWords.comePrivately(), effects: [], memory };
  const [worker] = group.gridWorkers;
  const { categories } = await parts.triage.read(kept, now);
  const [best] = categories;
  const matter = openMatter(
    {
      id: parts.newId(),
      number: turn.lastNumber + 1,
      channel: message.from.channel,
      conversationId: message.from.conversationId,
      author: message.from.userId,
      community: group.community,
      gridWorker: worker?.name ?? "",
      ...(best && best.confidence >= PLAIN_LEAF ? { category: best.code } : {}),
      saidAt: message.sentAt.toISOString(),
      words: kept,
      minutes: group.minutes,
    },
    now,
  );
  const mentions = calling(message.from.userId, workerId(group, matter.gridWorker));
  return {
    say: groupWords.opened(matter, kept !== words, mentions),
    effects: [{ kind: "small-matter", matter }],
    memory,
  };
}

/** An open matter that these words are about as well: the author goes on with it, or a neighbour has the same trouble. */
async function sameMatter(
  { matcher, gazetteer, triage }: GroupParts,
  { message, mentioned, group, now }: KnownGroupTurn,
  words: string,
  open: SmallMatter[],
): Promise<SmallMatter | undefined> {
  const { userId } = message.from;
  const goesOn = open.findLast(
    (matter) =>
      matter.author === userId &&
      message.sentAt.getTime() - Date.parse(matter.lines.at(-1)?.at ?? matter.saidAt) < SAME_TALK_MS,
  );
  if (goesOn && !mentioned) return goesOn;
  const told = async (description: string, at: string) => ({
    description,
    at,
    category: (await triage.read(description, now)).categories[0]?.code,
    place: await placeOf(group.community, description, gazetteer),
  });
  const one = await told(words, message.sentAt.toISOString());
  const others = await Promise.all(open.map((matter) => told(openingOf(matter), matter.saidAt)));
  const scores = matcher.compare(one, others).map(({ score }) => score);
  return open.find((matter, index) => {
    const { own, neighbours } = matcher.threshold;
    return (
      (scores[index] ?? 0) >= (matter.author === userId ? own : neighbours) && sameNumbers(words, openingOf(matter))
    );
  });
}

/** "3号楼" and "5号楼" are two lifts, however alike the words. */
function sameNumbers(one: string, other: string): boolean {
  const numbersOf = (text: string) => new Set(text.match(/\d+(?=号|栋|单元|楼|层|门)/g) ?? []);
  const [a, b] = [numbersOf(one), numbersOf(other)];
  return a.size === 0 || b.size === 0 || [...a].some((number) => b.has(number));
}
