import { type Request, type Response, Router } from "express";
import type { z } from "zod";
import type { Explanation } from "../../../knowledge/policies/explain.ts";
import type { Gap } from "../../knowledge/gaps.ts";
import type { KnowledgeRooms } from "../../knowledge/index.ts";
import type { Refusal } from "../../knowledge/outcome.ts";
import type { Check } from "../../knowledge/trials.ts";
import { checked, refuse } from "../desk/checked.ts";
import { editorOf } from "./editor.ts";
import { type gapList, gapQuery, rateQuery, tryBody, type tryView } from "./trial-schemas.ts";

export interface TrialRouterOptions {
  rooms: Pick<KnowledgeRooms, "trials" | "gaps">;
  tell(response: Response, refusal: Refusal): void;
}

/** Trying out, checking before publishing, and gaps; behind the guard of `/api/knowledge`. */
export function createTrialRouter({ rooms, tell }: TrialRouterOptions): Router {
  const { trials, gaps } = rooms;
  const router = Router();

  router.post("/try", async (request, response) => {
    const body = checked(tryBody, request.body, response);
    if (body) response.json(tried(await trials.explain(body.question, body.base)));
  });

  const missing = (response: Response) => refuse(response, 404, "not-found", "没有找到这个条目或版本。");
  const path = "/entries/:id/versions/:version/check";
  type CheckRequest = Request<{ id: string; version: string }>;
  const versionOf = ({ params: { id, version } }: CheckRequest): [string, number] => [
    id,
    /^\d{1,9}$/.test(version) ? Number(version) : 0,
  ];

  function tellCheck(response: Response, check: Check | undefined, status = 200): void {
    if (check) response.status(status).json(check);
    else missing(response);
  }

  router.post(path, async (request: CheckRequest, response) => {
    const trial = await trials.check(...versionOf(request));
    if (trial === "cancelled") refuse(response, 409, "cancelled", "检查被停止了。");
    else if (trial) response.json(trial);
    else missing(response);
  });
  router.get(path, (request: CheckRequest, response) => tellCheck(response, trials.find(...versionOf(request))));
  router.post(`${path}/start`, (request: CheckRequest, response) =>
    tellCheck(response, trials.begin(...versionOf(request)), 202),
  );
  router.post(`${path}/cancel`, (request: CheckRequest, response) =>
    tellCheck(response, trials.cancel(...versionOf(request))),
  );

  router.get("/gaps", async (request, response) => {
    const query = checked(gapQuery, request.query, response);
    if (query) response.json({ gaps: (await gaps.list(query.limit)).map(gapJson) });
  });

  router.post("/gaps/:gap/draft", async (request, response) => {
    const outcome = await gaps.draft(editorOf(response), request.params.gap);
    if (outcome.kind === "done") response.status(201).json({ entryId: outcome.entryId });
    else tell(response, outcome);
  });

  router.get("/rates", (request, response) => {
    const query = checked(rateQuery, request.query, response);
    if (!query) return;
    const { unit, around, ...days } = query;
    response.json(gaps.rates(unit, days, around));
  });

  return router;
}

function tried({
  answer,
  candidates,
  threshold,
  asksSomething,
  region,
  misspelt,
}: Explanation): z.output<typeof tryView> {
  const sources = answer.kind === "answered" ? answer.sources : answer.nearest;
  return {
    kind: answer.kind,
    ...(answer.kind === "answered" ? { text: answer.text } : {}),
    confidence: answer.confidence,
    threshold,
    asksSomething,
    sources: sources.map(({ entryId, version, question, quote, title, article }) => ({
      entryId,
      version,
      question,
      quote,
      title,
      article,
    })),
    candidates,
    region,
    misspelt: misspelt && [...misspelt],
  };
}

const gapJson = ({ firstAt, lastAt, ...gap }: Gap): z.output<typeof gapList>["gaps"][number] => ({
  ...gap,
  firstAt: firstAt.toISOString(),
  lastAt: lastAt.toISOString(),
});
