import type { Flow } from "../../bots/flow.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { enterpriseWords } from "../text/enterprise.ts";

/** The companies' own entrance (企业热线): policy, progress, and a form that asks who the company is. */
export const createEnterpriseFlow = (): Flow<null> =>
  oneTurnFlow("enterprise", async () => ({ next: "done", say: enterpriseWords.welcome() }));
