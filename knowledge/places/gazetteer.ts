import type { Place } from "../../bots/model/index.ts";
import type { Gazetteer } from "../../bots/ports.ts";
import { normalize } from "../text/normalize.ts";
import type { DivisionRecord, Landmark } from "./divisions.ts";
import { isConfirmed, type Mention, mentionsIn } from "./mentions.ts";
import { nameTable } from "./names.ts";
import { addressSpan } from "./span.ts";
import { commonAncestor, divisionTree, isWithin } from "./tree.ts";

/** A reading of one mention: the division it names, and how many other mentions agree or cannot be true together with it. */
interface Reading {
  mention: Mention;
  code: string;
  agreeing: number;
  against: number;
  sure: boolean;
}

/** A pasted page is read so far; addresses stand at the beginning. */
const READ_LENGTH = 2000;

/**
 * Finds places by name: full and short names of divisions, and landmarks. Names that several divisions share are told apart by others in
 * the text; everyday words count only where the words around them show that a place is meant.
 */
export function createGazetteer(options: {
  divisions: readonly DivisionRecord[];
  landmarks: readonly Landmark[];
}): Gazetteer {
  const table = nameTable(options.divisions, options.landmarks);
  const tree = divisionTree(options.divisions);
  const longest = Math.max(0, ...[...table.keys()].map((name) => name.length));

  return {
    async resolve(original) {
      const words = original.slice(0, READ_LENGTH);
      const text = normalize(words);
      const mentions = mentionsIn(text, table, longest);
      const best = bestReading(text, mentions);
      if (!best) return undefined;
      const { start, end } = addressSpan(text, best.mention, mentions);
      // Offsets fit the citizen's own words as long as normalising has changed no length.
      const source = text.length === words.length ? words : text;
      return { text: source.slice(start, end), ...tree.branch(best.code), confidence: best.confidence };
    },
    async candidates(text) {
      const place = await this.resolve(text);
      return place ? [place] : [];
    },
    /** Without the divisions' outlines a point cannot be placed in one; it is kept as it is. */
    async nearest(point): Promise<Place> {
      const text = point.label?.trim() || `经度${point.longitude.toFixed(6)}，纬度${point.latitude.toFixed(6)}`;
      const named = point.label ? await this.resolve(point.label) : undefined;
      return { ...named, text, point, confidence: named ? named.confidence : 0.1 };
    },
  };
}

const AGREEMENT = { full: 1, landmark: 1, short: 0.5 };

function readings(text: string, mentions: readonly Mention[]): Reading[] {
  return mentions.flatMap((mention) => {
    const others = mentions.filter((other) => other.name !== mention.name);
    const sure = mention.entry.strength === "strong" || isConfirmed(mention, text, mentions);
    return mention.entry.codes.map((code) => {
      const fits = (other: Mention) => other.entry.codes.some((one) => isWithin(one, code) || isWithin(code, one));
      const agreeing = others.filter(fits).reduce((sum, other) => sum + AGREEMENT[other.entry.form], 0);
      const against = others.filter((other) => other.entry.strength === "strong" && !fits(other)).length;
      return { mention, code, agreeing, against, sure };
    });
  });
}

const weigh = (one: Reading): number => one.agreeing * 2 - one.against + (one.sure ? 1 : 0) + one.code.length / 12;

function bestReading(text: string, mentions: readonly Mention[]) {
  const possible = readings(text, mentions)
    .filter(({ sure, agreeing, against }) => sure || (agreeing >= 1 && against === 0))
    .toSorted((a, b) => weigh(b) - weigh(a));
  const [first] = possible;
  if (!first) return undefined;
  const deeper = possible.filter((one) => isWithin(one.code, first.code) && one.against <= first.against);
  const [best = first] = deeper.toSorted((a, b) => b.code.length - a.code.length || weigh(b) - weigh(a));
  const rivals = possible.filter((one) => one.mention.name === best.mention.name && weigh(one) === weigh(best));
  const code = rivals.length > 1 ? commonAncestor(rivals.map((one) => one.code)) : best.code;
  if (code === "") return undefined;
  return { mention: best.mention, code, confidence: confidenceOf(best, rivals.length) };
}

function confidenceOf(reading: Reading, rivals: number): number {
  if (rivals > 1) return 0.5;
  const { form } = reading.mention.entry;
  const alone = form === "full" ? 0.9 : form === "landmark" ? 0.85 : 0.75;
  const doubt = (reading.against > 0 ? 0.3 : 0) + (reading.mention.entry.strength === "weak" ? 0.1 : 0);
  return Math.max(0.2, Math.min(0.98, alone + 0.05 * reading.agreeing - doubt));
}
