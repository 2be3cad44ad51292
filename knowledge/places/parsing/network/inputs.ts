import type { Context } from "../context.ts";
import { mix } from "../hashing.ts";

const OUTSIDE = 1;

/** Hashes of what the network is told of each character: itself, its neighbours, division names over it, repetitions. */
export function inputsOf(context: Context): number[][] {
  return Array.from({ length: context.signs.length }, (_, at) => {
    const out: number[] = [];
    pushInputs(context, at, out);
    return out;
  });
}

function pushInputs({ signs, cover, repeatsEarlier, repeatsLater }: Context, at: number, out: number[]): void {
  const { shape, folded, pieceAt, pieces, pieceStarts } = signs;
  const here = shape[at] as number;
  const before = shape[at - 1] ?? OUTSIDE;
  const after = shape[at + 1] ?? OUTSIDE;
  const piece = pieceAt[at] as number;
  const place = (at === pieceStarts[piece] ? 1 : 0) + (at + 1 === pieceStarts[piece + 1] ? 2 : 0);
  out.push(mix(0xb1, folded[at] as number), mix(mix(0xb2, before), here), mix(mix(0xb3, here), after));
  out.push(mix(mix(0xb4, pieces[piece] as number), place), mix(0xb5, cover[at] as number));
  out.push(mix(mix(0xb6, repeatsEarlier[at] as number), repeatsLater[at] as number));
  out.push(mix(mix(mix(0xb7, before), here), after));
}
