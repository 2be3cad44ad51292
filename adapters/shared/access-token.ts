import type { Clock } from "../../bots/ports.ts";

/** A platform's token as all processes of a data directory share it. What is kept is sealed and durable. */
export interface TokenVault {
  load(): { token: string; expiresAt: Date } | undefined;
  /** Takes the right to fetch a new one for `leaseMs`; false when another process has it. */
  lease(leaseMs: number): Promise<boolean>;
  /** Keeps the token and gives the right back. */
  keep(token: string, expiresAt: Date): Promise<void>;
  /** Gives the right back without a token. */
  release(): Promise<void>;
}

export interface AccessToken {
  get(): Promise<string>;
  /** After the platform refused `refused`: another one, fetched anew unless somebody has done so meanwhile. */
  renew(refused: string): Promise<string>;
}

/** Asks the platform. `force`: even though the last token should still be good. */
type FetchToken = (force: boolean) => Promise<{ token: string; expiresInSeconds: number }>;

/** The old token stays good for five minutes after a new one is given, so renewing this early disturbs nobody. */
const EARLY_MS = 5 * 60_000;
const LEASE_MS = 15_000;
const LOOK_AGAIN_MS = 100;

/** One token for all processes, fetched before the old one ends, by one of them at a time. */
export function createAccessToken(parts: { vault: TokenVault; fetchToken: FetchToken; clock: Clock }): AccessToken {
  const { vault, fetchToken, clock } = parts;
  let renewing: Promise<string> | undefined;

  const lifeMs = () => (vault.load()?.expiresAt.getTime() ?? 0) - clock.now().getTime();
  const isGood = (refused: string | undefined, atLeastMs: number) =>
    vault.load()?.token !== refused && lifeMs() > atLeastMs;

  async function fetchOnce(refused: string | undefined): Promise<string> {
    try {
      let answer = await fetchToken(false);
      // The platform believes in a token that it has just refused: only this makes it think again.
      if (answer.token === refused) answer = await fetchToken(true);
      await vault.keep(answer.token, new Date(clock.now().getTime() + answer.expiresInSeconds * 1000));
      return answer.token;
    } catch (error) {
      await vault.release();
      throw error;
    }
  }

  async function renewed(refused: string | undefined): Promise<string> {
    for (const until = Date.now() + LEASE_MS; Date.now() < until; ) {
      const kept = vault.load();
      if (kept && isGood(refused, EARLY_MS)) return kept.token;
      if (await vault.lease(LEASE_MS)) return fetchOnce(refused);
      // Another process is fetching; until it has, the old one does unless it was refused.
      if (kept && isGood(refused, 0)) return kept.token;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    return fetchOnce(refused);
  }

  function once(refused: string | undefined): Promise<string> {
    renewing ??= renewed(refused).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    async get() {
      const kept = vault.load();
      return kept && isGood(undefined, EARLY_MS) ? kept.token : once(undefined);
    },
    async renew(refused) {
      const token = await once(refused);
      // Who joined an ordinary renewal may have been given the token that was refused.
      return token === refused ? once(refused) : token;
    },
  };
}
