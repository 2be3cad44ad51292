import type { Place } from "../../bots/model/index.ts";
import type { Gazetteer } from "../../bots/ports.ts";
import { normalize } from "../text/normalize.ts";
import type { Segmenter } from "../text/segment.ts";
import type { DivisionRecord, Outline } from "./divisions.ts";
import type { Landmark } from "./landmarks.ts";
import { longestNames, type Mention, mentionsIn, misspeltIn } from "./mentions.ts";
import { misspeltNames } from "./misspelt.ts";
import { nameTable } from "./names.ts";
import type { AddressFinder } from "./parsing/address-in.ts";
import { detailOutside, partsOf } from "./parts.ts";
import { type Estimate, pointLocator } from "./points.ts";
import { type Judgement, judge } from "./readings.ts";
import { loadSounds } from "./sounds.ts";
import { addressSpan } from "./span.ts";
import { divisionTree } from "./tree.ts";
import { wordEdges } from "./word-edges.ts";

/** A pasted page is read so far; addresses stand at the beginning. */
const READ_LENGTH = 2000;
/** Names with a slip are looked for so far; it takes more time. */
const MISSPELT_LENGTH = 200;
const MOST_CANDIDATES = 5;
/** How sure one can be of a point in no division of the city. */
const NOWHERE = 0.1;

export interface GazetteerOptions {
  divisions: readonly DivisionRecord[];
  landmarks: readonly Landmark[];
  outlines: readonly Outline[];
  /** With it, short names that tear words apart are no places. */
  segmenter?: Segmenter;
  /** With it, the extent of an address is what the learned parser makes of it, and its parts are told. */
  finder?: Pick<AddressFinder, "addressIn">;
}

/** A text as it is read: the citizen's words, their plain form, the names in it and what they come to. */
interface Read {
  source: string;
  text: string;
  mentions: Mention[];
  judgement: Judgement;
}

/**
 * Finds places by name: full and short names of divisions, and landmarks, also where they are slightly misspelt. Names that several
 * divisions share are told apart by others in the text; everyday words count only where the words around them show that a place is meant.
 */
export function createGazetteer(options: GazetteerOptions): Gazetteer {
  const table = nameTable(options.divisions, options.landmarks);
  const tree = divisionTree(options.divisions);
  const longest = longestNames(table);
  const misspelt = misspeltNames(table, loadSounds());
  const locate = pointLocator(options.outlines, options.landmarks);

  const read = (original: string): Read | undefined => {
    const words = original.slice(0, READ_LENGTH);
    const text = normalize(words);
    const exact = mentionsIn(text, table, longest, wordEdges(text, options.segmenter));
    const wrong = misspeltIn(text, exact, misspelt, MISSPELT_LENGTH);
    const right = exact.filter((one) => !wrong.some((other) => other.start <= one.start && other.end >= one.end));
    const mentions = [...right, ...wrong].sort((a, b) => a.start - b.start);
    const judgement = judge(text, mentions);
    // Offsets fit the citizen's own words as long as normalising has changed no length.
    return judgement && { source: text.length === words.length ? words : text, text, mentions, judgement };
  };
  const placeAt = ({ source, text, mentions }: Read, mention: Mention, code: string, confidence: number): Place => {
    const extent = addressSpan(text, mention, mentions, options.finder);
    const parts = extent.found && partsOf(extent.found.spans);
    const detail = detailOutside(text, extent);
    return {
      text: source.slice(extent.start, extent.end),
      ...tree.branch(code),
      ...(parts && { parts }),
      ...(detail !== undefined && { detail }),
      confidence,
    };
  };

  return {
    async resolve(original) {
      const known = read(original);
      if (!known || known.judgement.code === "") return undefined;
      const { mention, code, confidence } = known.judgement;
      return placeAt(known, mention, code, confidence);
    },
    async candidates(original) {
      const known = read(original);
      if (!known) return [];
      const { rivals, confidence, mention, code } = known.judgement;
      const readings = rivals.length > 0 ? spread(rivals) : [{ mention, code }];
      const each = rivals.length > 0 ? confidence / Math.min(2, rivals.length) : confidence;
      return readings.map((one) => placeAt(known, one.mention, one.code, each));
    },
    async nearest(point): Promise<Place> {
      const text = point.label?.trim() || `经度${point.longitude.toFixed(6)}，纬度${point.latitude.toFixed(6)}`;
      const named = point.label ? await this.resolve(point.label) : undefined;
      const estimate = locate(point);
      if (named && (options.outlines.length === 0 || isIn(named, estimate))) return { ...named, text, point };
      if (!estimate) return { text, point, confidence: NOWHERE };
      return { text, ...tree.branch(estimate.code), point, estimated: true, confidence: estimate.confidence };
    },
  };
}

/** A label counts as long as it does not name another district than the point lies in: 朝阳路 is in more than one city. */
const isIn = ({ district }: Place, estimate: Estimate | undefined): boolean =>
  estimate?.code.startsWith(district?.code ?? "?") ?? false;

/** The first of each district before the second of any, so that few choices tell most. */
function spread<T extends { code: string }>(rivals: readonly T[]): T[] {
  const turn = new Map<string, number>();
  const ordered = rivals.map((rival) => {
    const district = rival.code.slice(0, 6);
    const before = turn.get(district) ?? 0;
    turn.set(district, before + 1);
    return { rival, before };
  });
  return ordered
    .toSorted((a, b) => a.before - b.before)
    .map(({ rival }) => rival)
    .slice(0, MOST_CANDIDATES);
}
