import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBundle, type Section, writeBundle } from "../../../knowledge/text/bundle.ts";

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "jiesu-bundle-"));
  file = join(dir, "some.index");
});
afterEach(() => rmSync(dir, { recursive: true }));

const sections = (): Section[] => [
  { json: { name: "水、电、气" }, arrays: {} },
  {
    json: ["a", ""],
    arrays: {
      bytes: Uint8Array.of(1, 2, 255),
      shorts: Uint16Array.of(65_535),
      words: Uint32Array.of(4_294_967_295, 0),
      reals: Float32Array.of(0.5, -1),
      none: new Uint32Array(0),
    },
  },
];

describe("a bundle of arrays", () => {
  it("gives back what was written", async () => {
    await writeBundle(file, sections());
    expect(await readBundle(file)).toEqual(sections());
  });

  it("is not there before it is written", async () => {
    expect(await readBundle(file)).toBeUndefined();
  });

  it("notices any byte that is not as it was written, and any that is missing", async () => {
    await writeBundle(file, sections());
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length - 4; at += 3) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] as number) ^ 0x10;
      writeFileSync(file, damaged);
      await expect(readBundle(file)).rejects.toThrow();
    }
    for (const length of [0, 7, 8, whole.length - 8, whole.length - 1]) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      await expect(readBundle(file)).rejects.toThrow();
    }
  });

  it("stays as it was when writing fails half-way, and leaves nothing lying about", async () => {
    await writeBundle(file, sections());
    const failing = function* () {
      yield sections()[0] as Section;
      throw new Error("no more");
    };
    await expect(writeBundle(file, failing())).rejects.toThrow("no more");
    expect(await readBundle(file)).toEqual(sections());
    expect(readdirSync(dir)).toEqual(["some.index"]);
  });

  it("is whole whenever it is read, however many write at the same time", async () => {
    const written = Array.from({ length: 8 }, (_, i) => [
      { json: i, arrays: { numbers: new Uint32Array(50_000).fill(i) } },
    ]);
    const reading = async () => {
      for (let round = 0; round < 20; round++) {
        const read = await readBundle(file);
        if (!read) continue;
        expect(read).toEqual(written[read[0]?.json as number]);
      }
    };
    await Promise.all([...written.map((one) => writeBundle(file, one)), reading(), reading()]);
    expect(readdirSync(dir)).toEqual(["some.index"]);
  });
});
