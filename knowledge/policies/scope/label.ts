import type { Entry } from "../entry.ts";
import { groupsOf } from "./audience.ts";
import { isWholeCity } from "./standing.ts";

/** For which region and for whom alone an entry holds, in the editors' words. */
export function scopeNote({ region, audience }: Entry): { region?: string; audience?: string } {
  return {
    ...(region === undefined || isWholeCity(region) ? {} : { region: region.trim() }),
    ...(audience === undefined || groupsOf(audience) === undefined ? {} : { audience: audience.trim() }),
  };
}

/** The same in a few words: "朝阳区 企业". */
export function scopeLabel(entry: Entry): string {
  const { region, audience } = scopeNote(entry);
  return [region, audience].filter((part) => part !== undefined).join(" ");
}
