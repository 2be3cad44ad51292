import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** The folder of the uploads: one file for each, under its id. */
export interface Folder {
  /** Complete under its name or not there at all, also after a power cut: the folder's entry is synced as well. */
  write(id: string, bytes: Uint8Array): Promise<void>;
  /** Rejects when the file is gone. */
  read(id: string): Promise<Buffer>;
  remove(id: string): Promise<void>;
  has(id: string): boolean;
}

export function openFolder(dir: string): Folder {
  return {
    async write(id, bytes) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const partial = join(dir, `${id}.part`);
      try {
        await writeSynced(partial, bytes);
        await rename(partial, join(dir, id));
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
      const folder = await open(dir, "r");
      await folder.sync().finally(() => folder.close());
    },
    read: (id) => readFile(join(dir, id)),
    remove: (id) => rm(join(dir, id), { force: true }),
    has: (id) => existsSync(join(dir, id)),
  };
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
