import type { Region } from "../../places/regions.ts";
import { normalize } from "../../text/normalize.ts";

/**
 * How what an entry is for stands to what is asked. fits: it holds there. whole: it holds everywhere, or for everybody. open: it may hold, as
 * nobody has said for where or whom. other: it holds elsewhere or for others.
 */
export type Standing = "fits" | "whole" | "open" | "other";

const WHOLE_CITY = /^(?:全市|北京市?|本市|全国|市级|各区|所有区|全部|不限|通用|无)$/u;

/** Whether an editor's words for the region mean the whole city; so does an empty field. */
export const isWholeCity = (region: string | undefined): boolean => {
  const words = normalize(region ?? "");
  return words === "" || WHOLE_CITY.test(words);
};

/** A region as it is asked about, and the question's words. */
export interface AskedRegion {
  region: Region | undefined;
  /** Normalised. */
  question: string;
}

/**
 * `listed`: the regions that `region` names, none where it cannot be read (城六区): it then holds only where the question has the same words.
 * `depth`: how small the region is that fits, in digits of its code.
 */
export function regionStanding(
  region: string | undefined,
  listed: readonly Region[],
  asked: AskedRegion,
): { standing: Standing; depth: number } {
  if (isWholeCity(region)) return { standing: "whole", depth: 0 };
  const [wanted, words] = [asked.region?.code, normalize(region ?? "")];
  if (listed.length === 0) {
    if (asked.question.includes(words)) return { standing: "fits", depth: 1 };
    return { standing: wanted === undefined ? "open" : "other", depth: 0 };
  }
  if (wanted === undefined) return { standing: "open", depth: 0 };
  const around = listed.filter(({ code }) => wanted.startsWith(code));
  if (around.length > 0) return { standing: "fits", depth: Math.max(...around.map(({ code }) => code.length)) };
  return { standing: listed.some(({ code }) => code.startsWith(wanted)) ? "open" : "other", depth: 0 };
}
