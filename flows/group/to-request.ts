import type { Place, Request, SmallMatter } from "../../bots/model/index.ts";
import { phonesIn } from "../../bots/phones.ts";
import type { Gazetteer, Triage } from "../../bots/ports.ts";
import { chooseCategory } from "../intake/choose-category.ts";
import { groupRecord, HIDDEN } from "../text/group.ts";
import { openingOf } from "./small-matter.ts";

/** An identity number (GB 11643-1999), or a bank card: longer than any telephone number. */
const LONG_NUMBER = /(?<!\d)\d{15,19}[Xx]?(?!\d)/g;

/** Words of a group as they may be kept: without telephone numbers and numbers of persons and cards. */
export function withoutNumbers(text: string): string {
  const shown = text.replace(LONG_NUMBER, HIDDEN);
  return phonesIn(shown).reduceRight((left, { start, end }) => left.slice(0, start) + HIDDEN + left.slice(end), shown);
}

/** Open311 takes 4,000 characters of a description ("POST Service Request", GeoReport v2); the request itself comes first. */
const MOST_RECORD = 1_800;

/** The talk as it goes along with the request. */
export const recordOf = (matter: SmallMatter): string => groupRecord(matter).slice(0, MOST_RECORD);

/** Where a matter of this community is: what the words name below it, or the community itself. */
export async function placeOf(community: string, words: string, gazetteer: Gazetteer): Promise<Place> {
  const found = await gazetteer.resolve(community);
  return { confidence: 0, ...found, text: `${community}（群内：${words.slice(0, 60)}）` };
}

/**
 * The request that a small matter becomes by its author's word in the group: no contact, as none is asked for there. News of it go to the
 * author's private chat.
 */
export async function requestOf(
  matter: SmallMatter,
  parts: { id: string; now: Date; triage: Triage; gazetteer: Gazetteer },
): Promise<Request> {
  const words = openingOf(matter);
  const reading = await parts.triage.read(words, parts.now);
  const category = chooseCategory(reading.categories);
  return {
    id: parts.id,
    from: privateChatOf(matter),
    kind: reading.kind === "consultation" || reading.kind === "praise" ? "help" : reading.kind,
    ...(category.kind === "taken" ? { category: { code: category.guess.code, path: category.guess.path } } : {}),
    description: `${words}\n\n${recordOf(matter)}`,
    place: await placeOf(matter.community, words, parts.gazetteer),
    confidential: false,
    evidence: matter.evidence,
    createdAt: parts.now.toISOString(),
    smallMatter: matter.id,
  };
}

/** Where its author is talked to alone. */
export const privateChatOf = ({ channel, author }: Pick<SmallMatter, "channel" | "author">) => ({
  channel,
  conversationId: author,
  userId: author,
});
