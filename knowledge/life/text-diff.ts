/** A stretch of text that stayed, went or came. The stretches that stayed or went make the old text, those that stayed or came the new one. */
export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Where more than this changed at once, what went and what came are shown whole: the finer comparison grows with the square of it. */
const MOST_STEPS = 400;
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

/** The shortest script of removals and additions (Myers 1986, "An O(ND) Difference Algorithm"), between what both begin and end with. */
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

/** Undefined when more than MOST_STEPS apart. */
function script(old: string[], fresh: string[]): Piece[] | undefined {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  const reach = (k: number) => furthest.get(k) ?? -1;
  for (let steps = 0; steps <= Math.min(MOST_STEPS, old.length + fresh.length); steps++) {
    trace.push(new Map(furthest));
    for (let k = -steps; k <= steps; k += 2) {
      let x = k === -steps || (k !== steps && reach(k - 1) < reach(k + 1)) ? reach(k + 1) : reach(k - 1) + 1;
      while (x < old.length && x - k < fresh.length && old[x] === fresh[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= old.length && x - k >= fresh.length) return walkBack(trace, old, fresh);
    }
  }
  return undefined;
}

function walkBack(trace: Map<number, number>[], old: string[], fresh: string[]): Piece[] {
  const pieces: Piece[] = [];
  let [x, y] = [old.length, fresh.length];
  for (let steps = trace.length - 1; steps >= 0; steps--) {
    const reach = (k: number) => trace[steps]?.get(k) ?? -1;
    const k = x - y;
    const from = k === -steps || (k !== steps && reach(k - 1) < reach(k + 1)) ? k + 1 : k - 1;
    const fromX = steps === 0 ? 0 : reach(from);
    const fromY = steps === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      x -= 1;
      y -= 1;
      pieces.push({ kind: "same", text: old[x] as string });
    }
    if (steps === 0) break;
    if (x > fromX) pieces.push({ kind: "removed", text: old[--x] as string });
    else pieces.push({ kind: "added", text: fresh[--y] as string });
  }
  return pieces.reverse();
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
