import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const WINDOW_S = 15 * 60;

/**
 * Slows down guessing: ten failed sign-ins for one name, a hundred from one address, within a quarter of an hour. A
 * successful one forgets the failures of the name. Kept in memory: a restart forgives.
 */
export interface SignInThrottle {
  /** Counts an attempt before the password is looked at. Answers how long to wait, or `undefined` when it may go on. */
  attempt(username: string, address: string): Promise<number | undefined>;
  succeeded(username: string, address: string): Promise<void>;
}

export function createSignInThrottle(limits = { forName: 10, fromAddress: 100 }): SignInThrottle {
  const byName = new RateLimiterMemory({ keyPrefix: "name", points: limits.forName, duration: WINDOW_S });
  const byAddress = new RateLimiterMemory({ keyPrefix: "address", points: limits.fromAddress, duration: WINDOW_S });
  return {
    async attempt(username, address) {
      try {
        await byAddress.consume(address);
        await byName.consume(username.toLowerCase());
        return undefined;
      } catch (rejected) {
        if (rejected instanceof RateLimiterRes) return rejected.msBeforeNext;
        throw rejected;
      }
    },
    async succeeded(username, address) {
      await byName.delete(username.toLowerCase());
      await byAddress.reward(address);
    },
  };
}
