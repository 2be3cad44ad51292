import { isConfirmed, type Mention } from "./mentions.ts";
import { commonAncestor, isWithin } from "./tree.ts";

/** A reading of one mention: the division it names, and how many other mentions agree or cannot be true together with it. */
interface Reading {
  mention: Mention;
  code: string;
  agreeing: number;
  against: number;
  sure: boolean;
  /** How the words before and after speak for the matter being here, or for its being elsewhere. */
  cue: number;
}

/** What a text speaks of, as far as can be told. */
export interface Judgement {
  mention: Mention;
  /** The division, or the lowest one that all of `rivals` lie in; empty when they share none. */
  code: string;
  confidence: number;
  /** Divisions that the words fit just as well, likeliest first; empty when it is certain. */
  rivals: { code: string; mention: Mention }[];
}

const AGREEMENT = { full: 1, landmark: 1, short: 0.5 };
const HERE = /(?:家住|住在?|位于|地址[是为]?[::]?|发生在|就在|我们?在)$/;
const NOT_HERE_BEFORE = /(?:户口在|老家在?|从|去|到|搬到|来自)$/;
const NOT_HERE_AFTER = /^(?:上班|上学|的?户口|工作)/;
/** A text of which this cannot be told is not certain. */
const UNCERTAIN = 0.5;

function readings(text: string, mentions: readonly Mention[]): Reading[] {
  return mentions.flatMap((mention) => {
    const others = mentions.filter((other) => other.name !== mention.name);
    const sure = isStrong(mention) || (!isFarFetched(mention) && isConfirmed(mention, text, mentions));
    const cue = cueOf(text, mention);
    return mention.entry.codes.map((code) => {
      const fits = (other: Mention) => other.entry.codes.some((one) => isWithin(one, code) || isWithin(code, one));
      const agreeing = others.filter(fits).reduce((sum, other) => sum + AGREEMENT[other.entry.form], 0);
      const against = others.filter((other) => isStrong(other) && !fits(other)).length;
      return { mention, code, agreeing, against, sure, cue };
    });
  });
}

/** A short name that is misspelt is no more than a hint. */
const isStrong = ({ entry, slip, name }: Mention): boolean =>
  entry.strength === "strong" &&
  (slip === undefined || entry.form !== "short" || (slip === "sound" && name.length > 3));

/** A short name with a wrong character needs another name beside it that agrees. */
const isFarFetched = ({ entry, slip }: Mention): boolean => slip === "character" && entry.form === "short";

function cueOf(text: string, { start, end }: Mention): number {
  const before = text.slice(Math.max(0, start - 6), start);
  if (NOT_HERE_BEFORE.test(before) || NOT_HERE_AFTER.test(text.slice(end, end + 4))) return -1;
  return HERE.test(before) ? 1 : 0;
}

const SLIP = { sound: 0.5, character: 1 };

const slipOf = ({ slip }: Mention): number => (slip ? SLIP[slip] : 0);

/** An official name counts more than a landmark's, and that more than a short one. */
const FORM = { full: 0.6, landmark: 0.3, short: 0 };

const evidence = (one: Reading): number =>
  one.agreeing * 2 - one.against + (one.sure ? 1 : 0) + one.code.length / 12 + one.cue - slipOf(one.mention);

const weigh = (one: Reading): number => evidence(one) + FORM[one.mention.entry.form];

/** `undefined` when no mention is sure to be one of a place. */
export function judge(text: string, mentions: readonly Mention[]): Judgement | undefined {
  const possible = readings(text, mentions)
    .filter(({ sure, agreeing, against }) => sure || (agreeing >= 1 && against === 0))
    .toSorted((a, b) => weigh(b) - weigh(a));
  const [first] = possible;
  if (!first) return undefined;
  const deeper = possible.filter((one) => isWithin(one.code, first.code) && one.against <= first.against);
  const [best = first] = deeper.toSorted((a, b) => b.code.length - a.code.length || weigh(b) - weigh(a));
  const same = possible.filter((one) => one.mention === best.mention && weigh(one) === weigh(best));
  if (same.length > 1) {
    return {
      mention: best.mention,
      code: commonAncestor(same.map(({ code }) => code)),
      confidence: UNCERTAIN,
      rivals: same,
    };
  }
  const elsewhere = rivalsOf(best, possible);
  const confidence = confidenceOf(best);
  if (elsewhere.length === 0) return { mention: best.mention, code: best.code, confidence, rivals: [] };
  return {
    mention: best.mention,
    code: best.code,
    confidence: Math.min(UNCERTAIN, confidence),
    rivals: [best, ...elsewhere],
  };
}

/** Readings of other words that speak of another part of the city, and no more weakly. */
function rivalsOf(best: Reading, possible: readonly Reading[]): Reading[] {
  const apart = possible.filter(
    (one) =>
      one.sure && !isWithin(one.code, best.code) && !isWithin(best.code, one.code) && one.mention !== best.mention,
  );
  return apart.filter((one) => isStrong(one.mention) && evidence(one) >= evidence(best) - 0.5);
}

function confidenceOf({ mention, agreeing, against }: Reading): number {
  const { form, strength } = mention.entry;
  const alone = form === "full" ? 0.9 : form === "landmark" ? 0.85 : 0.75;
  const doubt = (against > 0 ? 0.3 : 0) + (strength === "weak" ? 0.1 : 0) + slipOf(mention) * 0.25;
  return Math.max(0.2, Math.min(0.98, alone + 0.05 * agreeing - doubt));
}
