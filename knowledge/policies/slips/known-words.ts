import { isInformative } from "../../text/informative.ts";
import { soundOf, soundsOf } from "./sound-keys.ts";

/** The words in which entries are asked, by how they sound. Words only come: who wants one asks whether an entry still has it. */
export interface KnownWords {
  add(words: Iterable<string>): void;
  /** Words that sound like `written`, itself left out. */
  soundingLike(written: string): readonly string[];
  /** All of them, to be kept. */
  words(): string[];
}

const LONGEST = 6;
/** In characters; what is longer or shorter is put right in parts, or not at all. */
export const SOUNDING = { shortest: 2, longest: LONGEST };
const WORD = /^\p{Script=Han}{2,6}$/u;

/** How words sound is worked out when it is first asked for: most processes that read an index answer nobody. */
export function createKnownWords(kept: readonly string[] = []): KnownWords {
  const words = new Set(kept);
  const bySound = new Map<string, string | string[]>();
  let heard = 0;

  function hear(): void {
    if (heard === words.size) return;
    let at = 0;
    for (const word of words) if (at++ >= heard) for (const sound of soundsOf(word)) put(sound, word);
    heard = words.size;
  }

  function put(sound: string, word: string): void {
    const there = bySound.get(sound);
    if (there === undefined) bySound.set(sound, word);
    else bySound.set(sound, typeof there === "string" ? [there, word] : [...there, word]);
  }

  return {
    add(some) {
      for (const word of some) if (WORD.test(word) && isInformative(word)) words.add(word);
    },
    soundingLike(written) {
      hear();
      const found = bySound.get(soundOf(written)) ?? [];
      return (typeof found === "string" ? [found] : found).filter((word) => word !== written);
    },
    words: () => [...words],
  };
}
