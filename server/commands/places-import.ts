import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadDivisions, loadOwnLandmarks, OWN_LANDMARKS } from "../../knowledge/places/divisions.ts";
import { codeFault, codeOf, type Landmark, landmark, merged } from "../../knowledge/places/landmarks.ts";
import { pointLocator } from "../../knowledge/places/points.ts";
import { InputError, readJsonLines } from "./json-lines.ts";

/**
 * Lines `{name, alias?, kind, subdistrict?, community?, district?, latitude?, longitude?}` → the data directory's own landmarks, which
 * the server reads when it starts. A line that is faulty, names a division the city does not have, or has only a point outside the
 * city ends the import with its number, and nothing is changed.
 */
export async function* placesImport(options: {
  input: AsyncIterable<string>;
  dataDir: string;
}): AsyncGenerator<{ imported: number; landmarks: number }> {
  const { divisions, outlines } = loadDivisions();
  const known = new Map(divisions.map((division) => [division.code, division]));
  const locate = pointLocator(outlines, []);
  const fresh: Landmark[] = [];
  for await (const { line, value } of readJsonLines(options.input, landmark)) {
    const fault = codeFault(value, known);
    if (fault) throw new InputError(`line ${line}: ${fault}`);
    fresh.push(codeOf(value) ? value : located(value, line, locate));
  }
  if (fresh.length === 0) throw new InputError("there is no landmark to import");
  const landmarks = merged(loadOwnLandmarks(options.dataDir), fresh);
  await replaceFile(options.dataDir, landmarks);
  yield { imported: fresh.length, landmarks: landmarks.length };
}

function located(value: Landmark, line: number, locate: ReturnType<typeof pointLocator>): Landmark {
  const { latitude = 0, longitude = 0 } = value;
  const district = locate({ latitude, longitude })?.code;
  if (!district) throw new InputError(`line ${line}: its point lies in no district of this city`);
  return { ...value, district };
}

/** A reader sees the old file or the new one, never half of it. */
async function replaceFile(dataDir: string, landmarks: readonly Landmark[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, OWN_LANDMARKS);
  const next = `${file}.${process.pid}.new`;
  await writeFile(next, `${landmarks.map((one) => JSON.stringify(one)).join("\n")}\n`);
  await rename(next, file);
}
