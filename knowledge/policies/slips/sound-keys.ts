import { folded, loadSounds, type Sounds } from "../../places/sounds.ts";

/** Beside what is folded in the names of places, an and ang are not told apart either. */
const fold = (syllable: string): string => folded(syllable).replace(/ang$/, "an");

let loaded: Sounds | undefined;

function sounds(): Sounds {
  loaded ??= loadSounds({ fold });
  return loaded;
}

/** How a stretch of Chinese characters sounds, as it is usually read: one sign for each character. */
export const soundOf = (written: string): string => Array.from(written, sounds().usual).join("");

/** The same, and each other reading of one of its characters: 银行 and 行人. */
export function soundsOf(word: string): string[] {
  const { usual, others } = sounds();
  const characters = [...word];
  const signs = characters.map(usual);
  return [
    signs.join(""),
    ...characters.flatMap((character, at) => others(character).map((sign) => signs.with(at, sign).join(""))),
  ];
}
