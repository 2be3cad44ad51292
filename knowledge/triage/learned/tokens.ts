import { normalize } from "../../text/normalize.ts";
import type { Segmenter } from "../../text/segment.ts";
import type { LearnedMessage } from "./message.ts";

/** A message read once: normalised, and cut into words. */
export interface ReadMessage {
  title: string;
  text: string;
  titleWords: string[];
  textWords: string[];
}

export function readMessage(message: LearnedMessage, segmenter: Segmenter): ReadMessage {
  return {
    title: normalize(message.title),
    text: normalize(message.text),
    titleWords: segmenter.segment(message.title),
    textWords: segmenter.segment(message.text),
  };
}

/** The same message as if only its title had been sent. */
export const titleAlone = (message: ReadMessage): ReadMessage => ({ ...message, text: "", textWords: [] });

/** The same message as if only its text had been sent, as it is in a chat. */
export const textAlone = (message: ReadMessage): ReadMessage => ({ ...message, title: "", titleWords: [] });

/** What a message consists of. */
export type Parts = "both" | "titleAlone" | "textAlone";

/** An empty message counts as a title alone. */
export function partsOf({ title, text }: Pick<ReadMessage, "title" | "text">): Parts {
  if (text === "") return "titleAlone";
  return title === "" ? "textAlone" : "both";
}

const RUN = /[\p{L}\p{N}]+/gu;

/** Characters and pairs of neighbours within runs of letters and digits. */
export function characterGrams(text: string): string[] {
  const grams: string[] = [];
  for (const [run] of text.matchAll(RUN)) {
    const characters = [...run];
    for (const [i, character] of characters.entries()) {
      grams.push(character);
      if (i > 0) grams.push(`${characters[i - 1]}${character}`);
    }
  }
  return grams;
}

/** Runs of `lengths` characters with punctuation, without white space. `text` may carry ^ and $ where it begins and ends. */
export function phraseGrams(text: string, lengths: readonly number[]): string[] {
  const characters = [...text.replace(/\s+/g, "")];
  return lengths.flatMap((length) =>
    Array.from({ length: Math.max(0, characters.length - length + 1) }, (_, start) =>
      characters.slice(start, start + length).join(""),
    ),
  );
}

/** How the text begins and how it ends, 1 to 4 characters each. */
export function edges(text: string): string[] {
  const characters = [...text.replace(/\s+/g, "")];
  return [1, 2, 3, 4]
    .filter((length) => length <= characters.length)
    .flatMap((length) => [`^${characters.slice(0, length).join("")}`, `${characters.slice(-length).join("")}$`]);
}

/** How long the parts are and how often they ask or exclaim, in rough steps. */
export function shape({ title, text }: ReadMessage): string[] {
  const marks = (mark: string): number => Math.min(3, text.split(mark).length - 1);
  return [
    `text ${text === "" ? "none" : Math.min(9, Math.floor(Math.log2(1 + text.length)))}`,
    `title ${Math.min(9, Math.floor(title.length / 5))}`,
    `asks ${marks("?")}`,
    `exclaims ${marks("!")}`,
    `title asks ${/[?吗呢]$/.test(title)}`,
  ];
}
