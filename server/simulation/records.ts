import { createHash } from "node:crypto";
import type { DivisionRecord } from "../../knowledge/places/divisions.ts";
import type { CitizenRecord } from "./citizen.ts";

/** A letter as the data sets have it. */
export interface LabelledLetter {
  id: string;
  title?: string;
  text: string;
  label: string;
}

const SURNAMES = "王李张刘陈杨黄赵吴周";

/**
 * Gives each letter a citizen: where they live and how to reach them come out of the letter's id, so that every run asks the same. The
 * letters name neither, at least no place of this city.
 */
export function createRecords(
  letters: readonly LabelledLetter[],
  options: { divisions: readonly DivisionRecord[]; labelOf(code: string): string | undefined },
): CitizenRecord[] {
  const byCode = new Map(options.divisions.map((division) => [division.code, division]));
  const communities = options.divisions.filter(({ level }) => level === "community");
  return letters.map(({ id, title = "", text, label }) => {
    const digest = createHash("sha256").update(id).digest();
    const community = communities[digest.readUInt32BE(0) % communities.length];
    const names = [community?.code.slice(0, 6), community?.code.slice(0, 9), community?.code].map(
      (code) => byCode.get(code ?? "")?.name ?? "",
    );
    const surname = SURNAMES[digest.readUInt8(4) % SURNAMES.length];
    const phone = `138${String(digest.readUInt32BE(5) % 100_000_000).padStart(8, "0")}`;
    return {
      id,
      letter: [title, text].filter((part) => part.trim() !== "").join("\n"),
      place: names.join(""),
      contact: `${surname}女士 ${phone}`,
      pick: (codes) => codes.find((code) => options.labelOf(code) === label),
    };
  });
}
