import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";

const STAMP = "stamp.json";

/** SHA-256 over names and contents of all sources below `root` and of the lock file, hexadecimal. */
export async function sourceHash(root: string, lockFile: string): Promise<string> {
  const hash = createHash("sha256");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update("\0");
  return hash.update(await readFile(lockFile)).digest("hex");
}

/** Whether `outDir` was built from exactly these sources. */
export async function isFresh(outDir: string, hash: string): Promise<boolean> {
  try {
    return JSON.parse(await readFile(join(outDir, STAMP), "utf8")).hash === hash;
  } catch {
    return false;
  }
}

export async function writeStamp(outDir: string, hash: string): Promise<void> {
  await writeFile(join(outDir, STAMP), JSON.stringify({ hash }));
}
