import { randomUUID } from "node:crypto";
import express, { type Request, type Response, Router } from "express";
import type { Content } from "../../../knowledge/life/content.ts";
import { knowledgeRoles } from "../../../knowledge/life/permission.ts";
import type { VersionDeed } from "../../../knowledge/life/states.ts";
import type { KnowledgeRooms } from "../../knowledge/index.ts";
import type { Outcome, Refusal } from "../../knowledge/outcome.ts";
import type { StaffUser } from "../../staff/account.ts";
import type { RequireStaff } from "../../staff/guard.ts";
import type { StaffReader } from "../../store/sqlite/staff.ts";
import { checked, refuse } from "../desk/checked.ts";
import { editorOf } from "./editor.ts";
import { tell } from "./refusals.ts";
import {
  answeredQuery,
  auditQuery,
  calendarQuery,
  correctionBody,
  createBody,
  diffQuery,
  listQuery,
  previewBody,
  publishBody,
  saveBody,
  stepBody,
  withdrawBody,
} from "./schemas.ts";
import { createSynonymRouter } from "./synonym-router.ts";
import { createTrialRouter } from "./trial-router.ts";
import { createViews } from "./views.ts";

export interface KnowledgeRouterOptions {
  knowledge: KnowledgeRooms;
  opinions: Pick<StaffReader, "feedbackOn">;
  accounts(): StaffUser[];
  requireStaff: RequireStaff;
}

const MOST_EVENTS = 1_000;

const numberOf = (request: Request): number => {
  const { version } = request.params;
  return typeof version === "string" && /^\d{1,9}$/.test(version) ? Number(version) : 0;
};
const idOf = (request: Request): string => String(request.params.id);

/** The life of entries, to be mounted at `/api/knowledge`. */
export function createKnowledgeRouter(options: KnowledgeRouterOptions): Router {
  const { knowledge, opinions, accounts, requireStaff } = options;
  const { life, reader, shelf, corrections } = knowledge;
  const router = Router();
  router.use(requireStaff(knowledgeRoles));
  router.use(express.json({ limit: "2mb" }));
  router.use(async (_request, response, next) => {
    response.set("Cache-Control", "no-store");
    // Drafts of a file are there together: whoever comes while they are being taken in waits for the last of them.
    await knowledge.imports.settled();
    next();
  });

  const views = () => createViews(accounts());
  const missing = (response: Response) => refuse(response, 404, "not-found", "没有找到这个条目或版本。");

  const tellWhy = (response: Response, refusal: Refusal) =>
    tell(response, refusal, { views: views(), accounts: accounts() });

  async function show(response: Response, id: string, status = 200): Promise<void> {
    const found = reader.entry(id, editorOf(response));
    if (!found) return missing(response);
    response.status(status).json(views().entry(found, await opinions.feedbackOn(id)));
  }

  async function done(response: Response, id: string, outcome: Outcome, status = 200): Promise<void> {
    if (outcome.kind === "done") await show(response, id, status);
    else tellWhy(response, outcome);
  }

  router.get("/entries", async (request, response) => {
    const query = checked(listQuery, request.query, response);
    if (!query) return;
    const { page, pageSize, ...rest } = query;
    response.json(views().list(await shelf.find({ ...rest, offset: (page - 1) * pageSize, limit: pageSize })));
  });

  router.get("/facets", async (_request, response) => {
    response.json(await shelf.facets());
  });

  router.get("/calendar", async (request, response) => {
    const query = checked(calendarQuery, request.query, response);
    if (query) response.json(views().calendar(await shelf.calendar(query, MOST_EVENTS)));
  });

  router.post("/entries", async (request, response) => {
    const body = checked(createBody, request.body, response);
    if (!body) return;
    const content: Content = { ...body, id: body.id ?? `k-${randomUUID()}` };
    await done(response, content.id, await life.create(editorOf(response), content), 201);
  });

  router.get("/entries/:id", (request, response) => show(response, idOf(request)));

  router.put("/entries/:id", async (request, response) => {
    const body = checked(saveBody, request.body, response);
    if (!body) return;
    const id = idOf(request);
    await done(response, id, await life.save(editorOf(response), body.base, { ...body.content, id }));
  });

  router.get("/entries/:id/versions", (request, response) => {
    const versions = reader.versions(idOf(request));
    if (versions.length === 0) return missing(response);
    response.json(views().versions(versions));
  });

  router.get("/entries/:id/versions/:version", (request, response) => {
    const version = reader.version(idOf(request), numberOf(request));
    if (!version) return missing(response);
    response.json(views().version(version));
  });

  router.get("/entries/:id/diff", (request, response) => {
    const query = checked(diffQuery, request.query, response);
    if (!query) return;
    const changes = reader.diff(idOf(request), query.from, query.to);
    if (!changes) return missing(response);
    response.json({ ...query, changes });
  });

  const steps: VersionDeed[] = ["submit", "approve", "reject", "unschedule"];
  for (const deed of steps) {
    router.post(`/entries/:id/versions/:version/${deed}`, async (request, response) => {
      const body = checked(stepBody, request.body, response);
      if (!body) return;
      const id = idOf(request);
      await done(response, id, await life.step(editorOf(response), id, numberOf(request), { deed, ...body }));
    });
  }

  router.post("/entries/:id/versions/:version/publish", async (request, response) => {
    const body = checked(publishBody, request.body, response);
    if (!body) return;
    const { publishAt, ...rest } = body;
    const step = publishAt
      ? { deed: "schedule" as const, ...rest, publishAt: new Date(publishAt) }
      : { deed: "publish" as const, ...rest };
    const id = idOf(request);
    await done(response, id, await life.step(editorOf(response), id, numberOf(request), step));
  });

  router.post("/entries/:id/withdraw", async (request, response) => {
    const body = checked(withdrawBody, request.body, response);
    if (!body) return;
    const id = idOf(request);
    await done(response, id, await life.withdraw(editorOf(response), id, body.note));
  });

  router.get("/entries/:id/answered", (request, response) => {
    const query = checked(answeredQuery, request.query, response);
    if (!query) return;
    const counts = corrections.answered(idOf(request));
    response.json({ counts: counts.filter(({ version }) => query.version === undefined || version === query.version) });
  });

  router.post("/entries/:id/corrections/preview", async (request, response) => {
    const body = checked(previewBody, request.body, response);
    if (!body) return;
    const wish = { words: body.text, versions: body.versions };
    const outcome = await corrections.preview(editorOf(response), idOf(request), wish);
    if (outcome.kind !== "done") return tellWhy(response, outcome);
    response.json({ conversations: outcome.conversations, text: outcome.text });
  });

  router.post("/entries/:id/corrections", async (request, response) => {
    const body = checked(correctionBody, request.body, response);
    if (!body) return;
    const { text, ...rest } = body;
    const outcome = await corrections.push(editorOf(response), idOf(request), { ...rest, words: text });
    if (outcome.kind !== "done") return tellWhy(response, outcome);
    response.json({ conversations: outcome.conversations });
  });

  for (const path of ["/audit", "/entries/:id/audit"]) {
    router.get(path, (request, response) => {
      const query = checked(auditQuery, request.query, response);
      if (!query) return;
      const entryId = typeof request.params.id === "string" ? request.params.id : undefined;
      response.json(views().audit(reader.audit({ ...query, entryId })));
    });
  }

  router.use(createSynonymRouter(knowledge.synonyms));
  router.use(createTrialRouter({ rooms: knowledge, tell: tellWhy }));
  return router;
}
