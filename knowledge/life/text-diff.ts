/** A stretch of text that stayed, went or came. The stretches that stayed or went make the old text, those that stayed or came the new one. */
export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Where more than this would have to be compared with each other, what went and what came are shown whole. */
const MOST_PAIRS = 2_000_000;
/** Sentences and clauses; figures and Latin words stay whole. */
const SENTENCES = /[^。；！？!?\n]*[。；！？!?\n]|[^。；！？!?\n]+/gu;
const WORDS = /[\p{Script=Latin}\p{N}]+(?:\.\p{N}+)?|\s+|./gsu;

/** What changed from one text to the other: by sentences first, then inside those that changed by characters, figures being whole. */
export function diffText(before: string, after: string): Piece[] {
  const rough = compare(cut(before, SENTENCES), cut(after, SENTENCES));
  const fine: Piece[] = [];
  for (let i = 0; i < rough.length; i++) {
    const [piece, next] = [rough[i] as Piece, rough[i + 1]];
    if (piece.kind === "removed" && next?.kind === "added") {
      fine.push(...compare(cut(piece.text, WORDS), cut(next.text, WORDS)));
      i += 1;
    } else fine.push(piece);
  }
  return joined(fine);
}

const cut = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? [];

/** The longest that both have in common in the same order stays, between what both begin and end with. */
function compare(before: string[], after: string[]): Piece[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const old = before.slice(start, before.length - end);
  const fresh = after.slice(start, after.length - end);
  return joined([
    { kind: "same", text: before.slice(0, start).join("") },
    ...(script(old, fresh) ?? [piece("removed", old), piece("added", fresh)]),
    { kind: "same", text: before.slice(before.length - end).join("") },
  ]);
}

const piece = (kind: Piece["kind"], parts: string[]): Piece => ({ kind, text: parts.join("") });

/** Undefined where that would take too long. */
function script(old: string[], fresh: string[]): Piece[] | undefined {
  if (old.length * fresh.length > MOST_PAIRS) return undefined;
  const width = fresh.length + 1;
  const common = commonLengths(old, fresh);
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      pieces.push({ kind: "same", text: old[i++] as string });
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      pieces.push({ kind: "removed", text: old[i++] as string });
    } else pieces.push({ kind: "added", text: fresh[j++] as string });
  }
  return [...pieces, piece("removed", old.slice(i)), piece("added", fresh.slice(j))];
}

/** At `i * (fresh.length + 1) + j`: how many parts the two have in common from there on. */
function commonLengths(old: string[], fresh: string[]): Uint32Array {
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const [below, right] = [common[(i + 1) * width + j] as number, common[i * width + j + 1] as number];
      const diagonal = common[(i + 1) * width + j + 1] as number;
      common[i * width + j] = old[i] === fresh[j] ? diagonal + 1 : Math.max(below, right);
    }
  }
  return common;
}

/** Neighbours of one kind made one; between two stretches that stayed, what went stands before what came. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  let [removed, added] = ["", ""];
  const settle = () => {
    if (removed !== "") result.push({ kind: "removed", text: removed });
    if (added !== "") result.push({ kind: "added", text: added });
    [removed, added] = ["", ""];
  };
  for (const { kind, text } of pieces) {
    if (text === "") continue;
    if (kind === "removed") removed += text;
    else if (kind === "added") added += text;
    else {
      settle();
      const last = result.at(-1);
      if (last?.kind === "same") last.text += text;
      else result.push({ kind, text });
    }
  }
  settle();
  return result;
}
