import type { TokenVault } from "../../adapters/shared/access-token.ts";

/** A place for the token that one process has for itself. */
export function createMemoryVault(): TokenVault {
  let kept: ReturnType<TokenVault["load"]>;
  return {
    load: () => kept,
    lease: async () => true,
    async keep(token, expiresAt) {
      kept = { token, expiresAt };
    },
    async release() {},
  };
}
