import type { TokenVault } from "../../../adapters/shared/access-token.ts";
import type { Clock } from "../../../bots/ports.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";

interface Row {
  token: Buffer | null;
  expires_at: number;
}

/** The token of one platform account; `name` tells accounts apart. */
export function createTokenVault(parts: {
  database: SqliteDatabase;
  seal: Seal;
  clock: Clock;
  name: string;
}): TokenVault {
  const { database, seal, clock, name } = parts;
  const { raw } = database;
  const find = raw.prepare<[string], Row>("SELECT token, expires_at FROM platform_tokens WHERE name = ?");
  const lease = raw.prepare<[string, number, number]>(`
    INSERT INTO platform_tokens (name, leased_until) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET leased_until = excluded.leased_until WHERE leased_until <= ?`);
  const keep = raw.prepare<[string, Buffer, number]>(`
    INSERT INTO platform_tokens (name, token, expires_at) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET token = excluded.token, expires_at = excluded.expires_at, leased_until = 0`);
  const release = raw.prepare<[string]>("UPDATE platform_tokens SET leased_until = 0 WHERE name = ?");
  return {
    load() {
      const row = find.get(name);
      return row?.token ? { token: seal.open(row.token), expiresAt: new Date(row.expires_at) } : undefined;
    },
    lease(leaseMs) {
      const now = clock.now().getTime();
      return database.write(() => lease.run(name, now + leaseMs, now).changes === 1);
    },
    async keep(token, expiresAt) {
      const sealed = seal.close(token);
      await database.write(() => keep.run(name, sealed, expiresAt.getTime()));
    },
    async release() {
      await database.write(() => release.run(name));
    },
  };
}
