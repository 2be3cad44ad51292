/**
 * Writes which characters sound alike: one syllable a line without its tone, then the characters that are usually read so, then those
 * that can be.
 *
 *     node knowledge/places/generate-syllables.ts --out knowledge/places/data/syllables.txt
 *
 * The readings are those of npm's `pinyin-pro` (MIT) for the 6,763 characters of GB 2312, which hold every character in the names of places. The
 * package takes longer to load than the server to start, so it is fetched here, once, and the table is what is committed.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";

const PACKAGE = "pinyin-pro@3.29.4";

interface PinyinPro {
  pinyin(text: string, options: { toneType: "none"; multiple: true; type: "array"; v: true }): string[];
}

const run = promisify(execFile);

async function fetchPinyin(directory: string): Promise<PinyinPro> {
  const { stdout } = await run("npm", ["pack", PACKAGE, "--silent", "--pack-destination", directory]);
  const archive = join(directory, stdout.trim().split("\n").at(-1) ?? "");
  await run("tar", ["-xzf", archive, "-C", directory]);
  return (await import(pathToFileURL(join(directory, "package", "dist", "index.mjs")).href)) as PinyinPro;
}

/** GB 2312 has its characters in rows 0xB0 to 0xF7 of 94 places each. */
function hanCharacters(): string[] {
  const decoder = new TextDecoder("gbk");
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let place = 0xa1; place <= 0xfe; place++) characters.push(decoder.decode(Uint8Array.of(row, place)));
  }
  return characters.filter((character) => /^\p{Script=Han}$/u.test(character));
}

function tableOf({ pinyin }: PinyinPro): string {
  const bySyllable = new Map<string, { usual: string; other: string }>();
  for (const character of hanCharacters()) {
    const readings = pinyin(character, { toneType: "none", multiple: true, type: "array", v: true });
    [...new Set(readings)].forEach((syllable, index) => {
      const known = bySyllable.get(syllable) ?? { usual: "", other: "" };
      known[index === 0 ? "usual" : "other"] += character;
      bySyllable.set(syllable, known);
    });
  }
  const lines = [...bySyllable].filter(([syllable]) => /^[a-z]+$/.test(syllable)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${lines.map(([syllable, { usual, other }]) => `${syllable} ${usual} ${other}`).join("\n")}\n`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  if (!values.out) throw new Error("usage: generate-syllables.ts --out FILE");
  const directory = await mkdtemp(join(tmpdir(), "syllables-"));
  try {
    await writeFile(values.out, tableOf(await fetchPinyin(directory)));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

if (import.meta.main) await main();
