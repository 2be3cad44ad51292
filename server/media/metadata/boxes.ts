/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2); `body` is a view into the file. */
export interface Box {
  type: string;
  /** Where the box begins in its parent, header included. */
  start: number;
  whole: Buffer;
  body: Buffer;
}

const MAX_BOXES = 10_000;

/** The boxes that lie side by side in `parent`, up to the first that makes no sense. */
export function* boxesIn(parent: Buffer): Generator<Box> {
  let at = 0;
  for (let count = 0; at + 8 <= parent.length && count < MAX_BOXES; count++) {
    const short = parent.readUInt32BE(at);
    const hasLong = short === 1 && at + 16 <= parent.length;
    const headBytes = hasLong ? 16 : 8;
    const size = hasLong ? Number(parent.readBigUInt64BE(at + 8)) : short === 0 ? parent.length - at : short;
    if (size < headBytes) return;
    const whole = parent.subarray(at, at + size);
    yield { type: parent.toString("latin1", at + 4, at + 8), start: at, whole, body: whole.subarray(headBytes) };
    at += size;
  }
}

export function boxNamed(type: string, parent: Buffer): Box | undefined {
  for (const box of boxesIn(parent)) if (box.type === type) return box;
  return undefined;
}

/** Empties a box where it lies: nothing else in the file moves, so that every address in it stays right. */
export function blank(box: Box): void {
  box.body.fill(0);
  box.whole.write("free", 4, "latin1");
}
