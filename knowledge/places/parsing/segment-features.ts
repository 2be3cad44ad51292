import type { Context } from "./context.ts";
import { mix } from "./hashing.ts";
import { Piece, type Signs } from "./signs.ts";

const OUTSIDE = 1;

/** A segment that grows unit by unit; hashes of what it consists of grow with it. */
interface Growing {
  start: number;
  /** Its last unit. */
  last: number;
  length: number;
  whole: number;
  raw: number;
  skeleton: number;
  skeletonPiece: number;
  numeric: boolean;
  /** 1: begins within a piece, 2: ends within one, 3: both. */
  cuts: number;
  size: number;
  after: number;
  pieceAfter: number;
}

/**
 * Hashes of the features of every segment that begins at `start` and has 1 to `longest` units: `emit(length, features)`.
 * The array handed to `emit` is used again for the next segment.
 */
export function eachSegment(
  context: Context,
  start: number,
  longest: number,
  emit: (length: number, features: readonly number[]) => void,
): void {
  const { signs } = context;
  const features: number[] = [];
  const segment: Growing = {
    start,
    last: start - 1,
    length: 0,
    whole: 0x11,
    raw: 0x12,
    skeleton: 0x13,
    skeletonPiece: -1,
    numeric: true,
    cuts: 0,
    size: 0,
    after: OUTSIDE,
    pieceAfter: OUTSIDE,
  };
  const room = Math.min(longest, signs.length - start);
  while (segment.length < room) {
    grow(segment, signs);
    features.length = 0;
    pushForm(segment, signs, features);
    if (segment.numeric) pushNumber(segment, context, features);
    pushDivision(segment, context, features);
    if (segment.length > 1 && segment.length <= 4) pushRepeats(segment, context, features);
    emit(segment.length, features);
  }
}

const pieceOver = ({ pieceAt, pieces, length }: Signs, at: number): number =>
  at >= 0 && at < length ? (pieces[pieceAt[at] as number] as number) : OUTSIDE;

function grow(segment: Growing, signs: Signs): void {
  const { shape, folded, pieceAt, pieces } = signs;
  const { start } = segment;
  segment.last++;
  segment.length++;
  const { last } = segment;
  const piece = pieceAt[last] as number;
  segment.whole = mix(segment.whole, shape[last] as number);
  segment.raw = mix(segment.raw, folded[last] as number);
  if (piece !== segment.skeletonPiece) segment.skeleton = mix(segment.skeleton, pieces[piece] as number);
  segment.skeletonPiece = piece;
  if ((pieces[piece] as number) > Piece.mixed) segment.numeric = false;
  const beginsWithin = start > 0 && pieceAt[start - 1] === pieceAt[start];
  segment.cuts = (beginsWithin ? 1 : 0) + (pieceAt[last + 1] === piece ? 2 : 0);
  segment.size = Math.min(segment.length, 12);
  segment.after = shape[last + 1] ?? OUTSIDE;
  segment.pieceAfter = pieceOver(signs, last + 1);
}

function pushForm(segment: Growing, signs: Signs, features: number[]): void {
  const { start, last, whole, skeleton, size, cuts, after, pieceAfter } = segment;
  const { shape } = signs;
  const before = shape[start - 1] ?? OUTSIDE;
  const final = shape[last] as number;
  features.push(
    whole,
    mix(mix(0x21, size), cuts),
    mix(mix(mix(0x22, skeleton), size), cuts),
    mix(mix(mix(mix(0x23, skeleton), before), after), cuts),
    mix(mix(mix(mix(0x24, skeleton), pieceOver(signs, start - 1)), pieceAfter), cuts),
    mix(mix(mix(0x25, final), shape[last - 1] ?? OUTSIDE), size),
    mix(mix(0x26, shape[start] as number), final),
    mix(mix(0x27, whole), pieceAfter),
    mix(mix(0x28, whole), before),
    mix(mix(0x2d, final), size),
  );
}

/** Which of the text's numbers it is says much of what it counts. */
function pushNumber(segment: Growing, context: Context, features: number[]): void {
  const { start, size, cuts, after, raw } = segment;
  const before = context.numbersBefore[context.signs.pieceAt[start] as number] as number;
  const order = Math.min(before, 4) * 8 + Math.min(context.numbers - before, 5);
  features.push(mix(mix(mix(0x29, order), mix(size, cuts)), after), mix(mix(0x2a, raw), after));
}

function pushDivision({ start, last, length, pieceAfter }: Growing, context: Context, features: number[]): void {
  const division = context.divisionAt(start, length);
  if (!division) return;
  const earlier = (context.repeatsEarlier[start] as number) >= 2 ? 1 : 0;
  const later = (context.repeatsLater[start] as number) >= 2 ? 2 : 0;
  const repeated = mix(mix(mix(0x30, division), earlier + later), start === 0 ? 1 : 0);
  features.push(mix(0x2b, division), mix(mix(0x2c, division), pieceAfter), repeated);
  features.push(mix(mix(repeated, 0x31), context.cover[last + 1] ?? 0));
}

/** People say where they live twice; the second time, or the first, is redundant. */
function pushRepeats({ start, last, length, size }: Growing, context: Context, features: number[]): void {
  const earlier = (context.repeatsEarlier[start] as number) >= length ? 1 : 0;
  const later = (context.repeatsLater[start] as number) >= length ? 2 : 0;
  const which = earlier + later;
  if (which === 0) return;
  features.push(mix(mix(0x2e, which), size), mix(mix(0x2f, which), context.signs.shape[last] as number));
}
