import type { Reading } from "./model/index.ts";

/** From so many characters on a message brings a matter whatever its tone; a shorter one when the catalogue knows it. */
const STORY_FROM = 30;
const MATTER_FROM = 12;
const KNOWN_FROM = 0.5;

/** An insult or a threat that brings nothing besides. What has a matter in it is read like any other, so that no word of it is lost. */
export function isMereInsult(reading: Pick<Reading, "abuse" | "categories">, said: string): boolean {
  const { length } = said.trim();
  if (reading.abuse === undefined || length >= STORY_FROM) return false;
  return length < MATTER_FROM || (reading.categories[0]?.confidence ?? 0) < KNOWN_FROM;
}
