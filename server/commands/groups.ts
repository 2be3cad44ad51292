import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { CommunityGroup, GridWorker } from "../../bots/model/index.ts";
import { createSeal } from "../store/seal.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { createSqliteStore, type SqliteStore } from "../store/sqlite/store.ts";
import { InputError, readJsonLines } from "./json-lines.ts";

const DAY_MINUTES = 24 * 60;

const worker = z
  .strictObject({
    name: z.string().trim().min(1).max(20),
    id: z.string().min(1).max(200).optional(),
    wechatName: z.string().min(1).max(100).optional(),
  })
  .refine(({ id, wechatName }) => id !== undefined || wechatName !== undefined, "id or wechatName is needed");

const line = z.strictObject({
  room: z.string().trim().min(1).max(200),
  community: z.string().trim().min(2).max(100),
  gridWorkers: z
    .array(worker)
    .min(1)
    .max(20)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "two grid workers have one name"),
  minutes: z
    .int()
    .min(5)
    .max(7 * DAY_MINUTES)
    .default(DAY_MINUTES),
  robotKey: z
    .string()
    .regex(/^[\w-]{8,100}$/, "robotKey must be what stands behind key= in the robot's Webhook address")
    .optional(),
});

export interface GroupsOptions {
  dataDir: string;
  secretKey: string;
}

const migrationsDir = join(import.meta.dirname, "../store/sqlite/migrations");

async function* withStore<T>(
  { dataDir, secretKey }: GroupsOptions,
  work: (store: SqliteStore) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const database = openDatabase({ file: join(dataDir, "jiesu.sqlite"), migrationsDir });
  try {
    yield* work(createSqliteStore({ database, seal: createSeal(secretKey), newId: randomUUID }));
  } finally {
    await database.close();
  }
}

/**
 * Lines `{room, community, gridWorkers: [{name, id?, wechatName?}], minutes?, robotKey?}` → the groups as configured. A faulty line ends the import with its
 * number, and nothing is changed. What a group has agreed to, and whom a name was bound to, stays.
 */
export const groupsImport = (options: GroupsOptions & { input: AsyncIterable<string> }): AsyncGenerator<object> =>
  withStore(options, async function* (store) {
    const groups: CommunityGroup[] = [];
    for await (const { line: number, value } of readJsonLines(options.input, line)) {
      if (groups.some(({ room }) => room === value.room)) {
        throw new InputError(`line ${number}: the room stands in an earlier line too`);
      }
      const gridWorkers = value.gridWorkers.map(
        ({ id, ...rest }): GridWorker => ({ ...rest, ...(id === undefined ? {} : { userId: id }) }),
      );
      groups.push({ ...value, channel: "wechaty", gridWorkers });
    }
    if (groups.length === 0) throw new InputError("there is no group to import");
    for (const group of groups) await store.configureGroup(group);
    yield { imported: groups.length };
  });

/** Every group as it stands: whether its room was seen, who is bound, what was agreed to. */
export const groupsList = (options: GroupsOptions): AsyncGenerator<object> =>
  withStore(options, async function* (store) {
    for (const { channel: _, robotKey, ...group } of await store.communityGroups()) {
      yield { ...group, hasRobot: robotKey !== undefined };
    }
  });

async function groupNamed(store: SqliteStore, room: string): Promise<CommunityGroup> {
  const group = (await store.communityGroups()).find((each) => each.room === room || each.roomId === room);
  if (group) return group;
  throw new Error(`there is no group ${room}; \`cli groups list\` names them`);
}

/** The bot takes no part in the group any more; its open matters go on. Throws when no such group is configured. */
export const groupsRemove = (options: GroupsOptions & { room: string }): AsyncGenerator<object> =>
  withStore(options, async function* (store) {
    const group = await groupNamed(store, options.room);
    await store.dropGroup(group);
    yield { removed: group.room };
  });

/** An administrator's yes or no in the group's name. Throws when no such group is configured. */
export const groupsAgree = (options: GroupsOptions & { room: string; agrees: boolean }): AsyncGenerator<object> =>
  withStore(options, async function* (store) {
    const { room, agrees } = options;
    const group = await groupNamed(store, room);
    const { agreed: _, ...closed } = group;
    const agreed = { by: "administrator", at: new Date().toISOString() };
    await store.saveGroup(agrees ? { ...closed, agreed } : closed);
    yield { room, agreed: agrees };
  });

const MOST_SHOWN = 1_000;
const iso = (at: number | null): string | undefined => (at === null ? undefined : new Date(at).toISOString());

/** The newest small matters without anybody's words: what is counted as 未诉先办 is state "solved". */
export const groupsMatters = (options: GroupsOptions): AsyncGenerator<object> =>
  withStore(options, async function* (store) {
    for (const { openedAt, dueAt, endedAt, ...matter } of await store.countedSmallMatters(MOST_SHOWN)) {
      yield { ...matter, openedAt: iso(openedAt), dueAt: iso(dueAt), endedAt: iso(endedAt) };
    }
  });
