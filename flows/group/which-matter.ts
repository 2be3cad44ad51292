import type { SmallMatter, SmallMatterAct } from "../../bots/model/index.ts";
import type { ShortWord } from "./short-words.ts";
import { openingOf } from "./small-matter.ts";

/** Who speaks, and what the message answers. */
export interface Speaker {
  userId: string;
  isWorker: boolean;
  quote?: string;
  saidAt: Date;
}

const STATES: Record<SmallMatterAct, SmallMatter["state"][]> = {
  solved: ["open", "asking"],
  unsolved: ["solved"],
  escalate: ["open", "asking"],
  consent: ["asking"],
  decline: ["asking"],
  withdraw: ["open", "asking"],
};
/** What the grid worker may say of other people's matters. */
const WORKERS: readonly SmallMatterAct[] = ["solved", "escalate"];

/**
 * The matters that a short word of this speaker can be about: their own, a grid worker's all. What was said before a matter was told is
 * not about it, however late it reaches us.
 */
export function mattersMeant(word: ShortWord, speaker: Speaker, matters: readonly SmallMatter[]): SmallMatter[] {
  const { act, number, about } = word;
  const theirs = matters.filter(
    ({ author, state, saidAt }) =>
      STATES[act].includes(state) &&
      Date.parse(saidAt) <= speaker.saidAt.getTime() &&
      (author === speaker.userId || (speaker.isWorker && WORKERS.includes(act))),
  );
  if (number !== undefined) return theirs.filter((matter) => matter.number === number);
  const { quote } = speaker;
  const quoted = quote === undefined ? [] : theirs.filter((matter) => isQuoted(quote, matter));
  if (quoted.length > 0) return quoted;
  return about === undefined ? theirs : theirs.filter((matter) => shareWords(about, openingOf(matter)));
}

function isQuoted(quote: string, matter: SmallMatter): boolean {
  const named = /(\d{1,4})\s*号小事/u.exec(quote)?.[1];
  if (named !== undefined) return Number(named) === matter.number;
  const words = quote.trim();
  return words.length >= 4 && openingOf(matter).includes(words.slice(0, 30));
}

/** The same building, where one is named, and two characters in a row that stand in both. */
export function shareWords(about: string, text: string): boolean {
  const numbers = about.match(/\d+/g) ?? [];
  const known = new Set(text.match(/\d+/g) ?? []);
  if (!numbers.every((number) => known.has(number))) return false;
  const thing = about.replace(/\d+(?:号楼|号院|号|单元|栋|层|楼)?/gu, "");
  if (thing.length < 2) return text.includes(thing);
  return Array.from({ length: thing.length - 1 }, (_, at) => thing.slice(at, at + 2)).some((pair) =>
    text.includes(pair),
  );
}
