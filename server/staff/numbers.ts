import type { SqliteDatabase } from "../store/sqlite/database.ts";

/** The number by which citizens know a member of staff; the first call gives one, and it stays theirs. */
export interface StaffNumbers {
  of(username: string): Promise<number>;
}

export function createStaffNumbers(database: SqliteDatabase): StaffNumbers {
  const { raw } = database;
  const find = raw.prepare<[string], number>("SELECT number FROM staff_numbers WHERE username = ?").pluck();
  const give = raw.prepare<[string]>("INSERT INTO staff_numbers (username) VALUES (?) ON CONFLICT DO NOTHING");
  return {
    async of(username) {
      const known = find.get(username);
      if (known !== undefined) return known;
      await database.write(() => give.run(username));
      return find.get(username) ?? 0;
    },
  };
}
