import { randomBytes } from "node:crypto";
import type { Clock } from "../../bots/ports.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { StaffRole, StaffUser } from "./account.ts";
import { createPasswords, type Passwords } from "./password.ts";
import { createSessions } from "./sessions.ts";
import { createSignInThrottle, type SignInThrottle } from "./throttle.ts";

export type SignIn =
  | { kind: "signed-in"; token: string; user: StaffUser }
  | { kind: "wrong" }
  | { kind: "too-often"; retryAfterMs: number };

export interface Staff {
  /**
   * Makes the account "admin" when there is no administrator yet; otherwise changes nothing. Without a password one is made up and
   * returned, to be shown once and never again.
   */
  ensureAdmin(options: { password?: string }): Promise<{ created: boolean; password?: string }>;
  /** `address` is where the attempt comes from; it and the name are slowed down after failures. */
  signIn(username: string, password: string, address: string): Promise<SignIn>;
  userOf(token: string): Promise<StaffUser | undefined>;
  signOut(token: string): Promise<void>;
  accounts(): StaffUser[];
  addAccount(user: StaffUser, password: string): Promise<"added" | "taken">;
}

export interface StaffOptions {
  database: SqliteDatabase;
  clock: Clock;
  throttle?: SignInThrottle;
  passwords?: Passwords;
}

interface AccountRow {
  username: string;
  name: string;
  role: StaffRole;
  unit_id: string | null;
  password_hash: string;
}

const ADMIN_USERNAME = "admin";

/** Accounts and sessions of the staff, in the main database. */
export function createStaff(options: StaffOptions): Staff {
  const { database, clock, throttle = createSignInThrottle(), passwords = createPasswords() } = options;
  const { raw } = database;
  const sessions = createSessions({ database, clock });
  const find = raw.prepare("SELECT * FROM staff_accounts WHERE username = ?");
  const list = raw.prepare("SELECT * FROM staff_accounts ORDER BY username");
  const hasAdmin = raw.prepare("SELECT EXISTS (SELECT 1 FROM staff_accounts WHERE role = 'admin')").pluck();
  const insert = raw.prepare("INSERT OR IGNORE INTO staff_accounts VALUES (?, ?, ?, ?, ?, ?)");
  const account = (username: string) => find.get(username) as AccountRow | undefined;

  async function add(user: StaffUser, password: string): Promise<"added" | "taken"> {
    const { username, name, role, unitId } = user;
    const hash = await passwords.hash(password);
    const at = clock.now().toISOString();
    const { changes } = await database.write(() => insert.run(username, name, role, unitId ?? null, hash, at));
    return changes === 1 ? "added" : "taken";
  }

  return {
    async ensureAdmin({ password }) {
      if (hasAdmin.get() === 1) return { created: false };
      const chosen = password ?? randomBytes(12).toString("base64url");
      const outcome = await add({ username: ADMIN_USERNAME, name: "管理员", role: "admin" }, chosen);
      if (outcome === "taken") return { created: false };
      return { created: true, password: password === undefined ? chosen : undefined };
    },
    async signIn(username, password, address) {
      const waitMs = await throttle.attempt(username, address);
      if (waitMs !== undefined) return { kind: "too-often", retryAfterMs: waitMs };
      const row = account(username);
      if (!(await passwords.fits(password, row?.password_hash)) || !row) return { kind: "wrong" };
      await throttle.succeeded(username, address);
      return { kind: "signed-in", token: await sessions.open(username), user: toUser(row) };
    },
    async userOf(token) {
      const username = await sessions.use(token);
      const row = username === undefined ? undefined : account(username);
      return row && toUser(row);
    },
    signOut: sessions.close,
    accounts: () => (list.all() as AccountRow[]).map(toUser),
    addAccount: add,
  };
}

const toUser = (row: AccountRow): StaffUser => ({
  username: row.username,
  name: row.name,
  role: row.role,
  unitId: row.unit_id ?? undefined,
});
