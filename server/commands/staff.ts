import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { newAccount } from "../http/desk/schemas.ts";
import { createStaff } from "../staff/staff.ts";
import { openDatabase } from "../store/sqlite/database.ts";

export interface StaffAddOptions {
  dataDir: string;
  username: string;
  name: string;
  role: string;
  unitId?: string;
  /** Made up and answered when absent. */
  password?: string;
}

const migrationsDir = join(import.meta.dirname, "../store/sqlite/migrations");

/**
 * Makes an account of the staff console. A password that was made up stands in what it answers, and nowhere else afterwards.
 * Throws a sentence that says what is wrong with the account.
 */
export async function addStaff(
  options: StaffAddOptions,
): Promise<{ username: string; role: string; password?: string }> {
  const { dataDir, ...given } = options;
  const made = given.password === undefined ? randomBytes(12).toString("base64url") : undefined;
  const parsed = newAccount.safeParse({ ...given, password: given.password ?? made });
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  }
  const { password, ...user } = parsed.data;
  const database = openDatabase({ file: join(dataDir, "jiesu.sqlite"), migrationsDir });
  try {
    const staff = createStaff({ database, clock: { now: () => new Date() } });
    const outcome = await staff.addAccount(user, password);
    if (outcome === "taken") throw new Error(`username: "${user.username}" is taken; choose another`);
    return { username: user.username, role: user.role, ...(made === undefined ? {} : { password: made }) };
  } finally {
    await database.close();
  }
}
