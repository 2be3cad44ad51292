import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";
import { inFolder, migrationsDir } from "./open-sqlite.ts";

const inTable = async (dir: string, test: (database: SqliteDatabase, path: string) => Promise<void>) => {
  const path = join(dir, "group.db");
  const database = openDatabase({ file: path, migrationsDir });
  database.raw.exec("CREATE TABLE things (name TEXT PRIMARY KEY)");
  await test(database, path);
  await database.close();
};
const insert = (database: SqliteDatabase, name: string) =>
  database.write(() => database.raw.prepare("INSERT INTO things VALUES (?)").run(name).changes);
const names = (database: SqliteDatabase) => database.raw.prepare("SELECT name FROM things ORDER BY name").pluck().all();

describe("shared commits", () => {
  it("a work that fails undoes itself and not its neighbours", () =>
    inFolder((dir) =>
      inTable(dir, async (database) => {
        const broken = database.write(() => {
          database.raw.exec("INSERT INTO things VALUES ('half')");
          throw new Error("in the middle");
        });
        const results = await Promise.allSettled([
          insert(database, "a"),
          broken,
          insert(database, "a"),
          insert(database, "b"),
        ]);
        expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
        await expect(broken).rejects.toThrow("in the middle");
        expect(names(database)).toEqual(["a", "b"]);
      }),
    ));

  it("a result is known only when others can see what was written", () =>
    inFolder((dir) =>
      inTable(dir, async (database, path) => {
        const other = openDatabase({ file: path, migrationsDir });
        const works = ["a", "b", "c"].map((name) => insert(database, name));
        expect(names(database)).toEqual([]);
        await Promise.race(works);
        expect(names(other)).toEqual(["a", "b", "c"]);
        expect(other.raw.inTransaction).toBe(false);
        await other.close();
      }),
    ));

  it("when the commit fails every work of it fails, and the next ones go on", () =>
    inFolder((dir) =>
      inTable(dir, async (database) => {
        database.raw.exec(
          "CREATE TABLE parents (id INTEGER PRIMARY KEY); CREATE TABLE children (id INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)",
        );
        const orphan = database.write(() => database.raw.exec("INSERT INTO children VALUES (1)"));
        const neighbour = insert(database, "a");
        await expect(orphan).rejects.toThrow(/FOREIGN KEY/);
        await expect(neighbour).rejects.toThrow(/FOREIGN KEY/);
        expect(names(database)).toEqual([]);
        expect(await insert(database, "b")).toBe(1);
      }),
    ));

  it("more works than one commit takes are all done, in order", () =>
    inFolder((dir) =>
      inTable(dir, async (database) => {
        const done: number[] = [];
        await Promise.all(
          Array.from({ length: 1_000 }, async (_, index) => {
            await insert(database, String(index));
            done.push(index);
          }),
        );
        expect(done).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
      }),
    ));

  it("closing waits for what was begun, and refuses what comes after", () =>
    inFolder(async (dir) => {
      const path = join(dir, "group.db");
      const database = openDatabase({ file: path, migrationsDir });
      database.raw.exec("CREATE TABLE things (name TEXT PRIMARY KEY)");
      const begun = insert(database, "a");
      await database.close();
      expect(await begun).toBe(1);
      await expect(database.write(() => 1)).rejects.toThrow(/not open/);
    }));
});

describe("migrations", () => {
  const folder = async (dir: string, files: Record<string, string>) => {
    const path = join(dir, "migrations");
    await mkdir(path, { recursive: true });
    for (const [name, sql] of Object.entries(files)) await writeFile(join(path, name), sql);
    return path;
  };

  it("run once each, in the order of their numbers", () =>
    inFolder(async (dir) => {
      const file = join(dir, "a.db");
      const first = await folder(dir, {
        "002_b.sql": "INSERT INTO t VALUES (2)",
        "001_a.sql": "CREATE TABLE t (n)",
        "notes.md": "",
      });
      await openDatabase({ file, migrationsDir: first }).close();
      const more = await folder(dir, { "003_c.sql": "INSERT INTO t VALUES (3)" });
      const database = openDatabase({ file, migrationsDir: more });
      expect(database.raw.prepare("SELECT n FROM t").pluck().all()).toEqual([2, 3]);
      await database.close();
    }));

  it("that fail leave the database as it was", () =>
    inFolder(async (dir) => {
      const file = join(dir, "a.db");
      const broken = await folder(dir, {
        "001_a.sql": "CREATE TABLE t (n)",
        "002_b.sql": "CREATE TABLE u (n); NONSENSE",
      });
      expect(() => openDatabase({ file, migrationsDir: broken })).toThrow(/NONSENSE/);
      const mended = await folder(dir, { "002_b.sql": "CREATE TABLE u (n)" });
      await openDatabase({ file, migrationsDir: mended }).close();
    }));

  it("of a newer version are refused", () =>
    inFolder(async (dir) => {
      const file = join(dir, "a.db");
      await openDatabase({ file, migrationsDir: await folder(dir, { "001_a.sql": "CREATE TABLE t (n)" }) }).close();
      const older = join(dir, "older");
      await mkdir(older);
      expect(() => openDatabase({ file, migrationsDir: older })).toThrow(/newer version \(001_a\.sql\)/);
    }));
});
