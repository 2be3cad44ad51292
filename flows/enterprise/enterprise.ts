import type { Flow } from "../../bots/flow.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { COMPANIES, scopeNamed } from "../question/topic.ts";
import { enterpriseWords } from "../text/enterprise.ts";

/** The companies' own entrance (企业热线): policy, progress, and a form that asks who the company is. */
export const createEnterpriseFlow = (): Flow<null> =>
  oneTurnFlow("enterprise", async ({ now }) => ({
    next: "done",
    say: enterpriseWords.welcome(),
    // What is for companies comes before what is for persons from now on.
    remember: scopeNamed({ audience: COMPANIES }, now),
  }));
