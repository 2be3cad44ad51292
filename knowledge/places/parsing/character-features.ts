import type { Context } from "./context.ts";
import { mix } from "./hashing.ts";
import { Piece } from "./signs.ts";

const OUTSIDE = 1;
/** First and one past the last offset of each n-gram of characters around the one looked at. */
const NGRAMS: readonly (readonly [number, number])[] = [
  [-3, -2],
  [-2, -1],
  [-1, 0],
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
  [-3, -1],
  [-2, 0],
  [-1, 1],
  [0, 2],
  [1, 3],
  [2, 4],
  [-3, 0],
  [-2, 1],
  [-1, 2],
  [0, 3],
  [1, 4],
  [-3, 1],
  [-2, 2],
  [-1, 3],
  [0, 4],
];
/** The same for pieces. */
const PIECE_NGRAMS: readonly (readonly [number, number])[] = [
  [-1, 2],
  [-2, 1],
  [0, 3],
  [-2, 3],
  [0, 5],
  [-4, 1],
  [-1, 4],
  [-3, 2],
];

/** Hashes of all features of the character at `at`, pushed onto `out`. */
export function pushCharacterFeatures(context: Context, at: number, out: number[]): void {
  const { signs } = context;
  const { shape, folded, length } = signs;
  NGRAMS.forEach(([from, to], template) => {
    let hash = mix(0x51, template);
    for (let offset = from; offset < to; offset++) {
      const where = at + offset;
      hash = mix(hash, where < 0 || where >= length ? OUTSIDE : (shape[where] as number));
    }
    out.push(hash);
  });
  const skip = mix(mix(0x61, shape[at - 1] ?? OUTSIDE), shape[at + 1] ?? OUTSIDE);
  out.push(mix(0x62, folded[at] as number), skip);
  pushPieceFeatures(context, at, out);
  pushDivisionFeatures(context, at, out);
  const place = Math.min(at, 5) * 8 + Math.min(length - at, 5);
  const repeats = (context.repeatsEarlier[at] as number) * 8 + (context.repeatsLater[at] as number);
  const repeatsToHere =
    at > 0 ? (context.repeatsEarlier[at - 1] as number) * 8 + (context.repeatsLater[at - 1] as number) : 99;
  out.push(mix(0x71, place), mix(mix(0x72, repeats), repeatsToHere));
  out.push(mix(mix(0x73, repeats), shape[at] as number));
}

function pushPieceFeatures(context: Context, at: number, out: number[]): void {
  const { pieceAt, pieces, pieceStarts, shape } = context.signs;
  const index = pieceAt[at] as number;
  const start = pieceStarts[index] as number;
  const end = pieceStarts[index + 1] as number;
  const place = (at === start ? 1 : 0) + (at === end - 1 ? 2 : 0);
  PIECE_NGRAMS.forEach(([from, to], template) => {
    let hash = mix(mix(0x81, template), place);
    for (let offset = from; offset < to; offset++) hash = mix(hash, pieces[index + offset] ?? OUTSIDE);
    out.push(hash);
  });
  const kind = pieces[index] as number;
  if (kind > Piece.mixed) return;
  const before = shape[start - 1] ?? OUTSIDE;
  const after = shape[end] ?? OUTSIDE;
  const around = mix(mix(mix(0x91, before), after), place);
  const numbersAfter = Math.min(context.numbers - (context.numbersBefore[index] as number) - 1, 4);
  const order = Math.min(context.numbersBefore[index] as number, 4) * 8 + numbersAfter;
  const size = Math.min(end - start, 6);
  out.push(
    around,
    mix(mix(around, 1), size),
    mix(mix(mix(0x92, order), place), after),
    mix(mix(mix(0x93, order), before), place),
  );
  out.push(mix(mix(mix(0x94, size), place), order));
  out.push(mix(mix(mix(around, 2), shape[end + 1] ?? OUTSIDE), shape[start - 2] ?? OUTSIDE));
}

function pushDivisionFeatures({ cover, signs }: Context, at: number, out: number[]): void {
  const here = cover[at] as number;
  const next = cover[at + 1] ?? 0;
  const before = cover[at - 1] ?? 0;
  if (here + next + before === 0) return;
  out.push(mix(0xa1, here), mix(mix(0xa2, here), next), mix(mix(0xa3, before), here));
  out.push(mix(mix(0xa4, here), signs.shape[at + 1] ?? OUTSIDE));
}
