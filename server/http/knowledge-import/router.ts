import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express, { type Request, type Response, Router } from "express";
import type { Clock } from "../../../bots/ports.ts";
import { knowledgeRoles } from "../../../knowledge/life/permission.ts";
import { dayInBeijing } from "../../../knowledge/policies/validity.ts";
import type { KnowledgeExport } from "../../knowledge/import/export.ts";
import type { ImportOutcome, ImportRefusal, KnowledgeImports } from "../../knowledge/import/imports.ts";
import type { RequireStaff } from "../../staff/guard.ts";
import { checked, refuse } from "../desk/checked.ts";
import { editorOf } from "../knowledge/editor.ts";
import { exportQuery, rowsQuery, settingsBody, startBody } from "./schemas.ts";
import { takeUpload, type Upload } from "./upload.ts";
import { lineView, rowView, viewOf } from "./views.ts";

export interface ImportRouterOptions {
  imports: KnowledgeImports;
  exports: KnowledgeExport;
  clock: Clock;
  requireStaff: RequireStaff;
}

const idOf = (request: Request): string => String(request.params.id);

/** Import and export of the knowledge base: `/imports…` and `/export`, to be mounted at `/api/knowledge`. */
export function createImportRouter({ imports, exports, clock, requireStaff }: ImportRouterOptions): Router {
  const router = Router();
  const guard = requireStaff(knowledgeRoles);
  const json = express.json({ limit: "1mb" });
  router.use(["/imports", "/export"], guard, (_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });

  function show(response: Response, outcome: ImportOutcome, status = 200): void {
    const found = outcome.kind === "done" ? imports.find(outcome.id) : undefined;
    if (found) response.status(status).json(viewOf(found));
    else refuse(response, ...told(outcome.kind === "done" ? { kind: "not-found" } : outcome));
  }

  router.get("/imports", (_request, response) => {
    response.json({ imports: imports.list().map(lineView) });
  });

  router.post("/imports", takeUpload(), async (_request, response) => {
    const upload = response.locals.upload as Upload;
    show(response, await imports.create(editorOf(response), upload), 201);
  });

  router.get("/imports/:id", (request, response) => show(response, { kind: "done", id: idOf(request) }));

  router.get("/imports/:id/rows", (request, response) => {
    const query = checked(rowsQuery, request.query, response);
    if (!query) return;
    if (!imports.find(idOf(request))) return show(response, { kind: "not-found" });
    response.json({ rows: imports.rows(idOf(request), query).map(rowView) });
  });

  router.patch("/imports/:id", json, async (request, response) => {
    const body = checked(settingsBody, request.body, response);
    if (body) show(response, await imports.adjust(idOf(request), body));
  });

  router.post("/imports/:id/start", json, async (request, response) => {
    const body = checked(startBody, request.body ?? {}, response);
    if (body) show(response, await imports.start(idOf(request), body));
  });

  router.post("/imports/:id/cancel", async (request, response) => show(response, await imports.cancel(idOf(request))));

  router.get("/export", async (request, response) => {
    const query = checked(exportQuery, request.query, response);
    if (!query) return;
    response.attachment(`knowledge-${dayInBeijing(clock.now())}.${query.format}`);
    if (query.format === "xlsx") response.send(Buffer.from(await exports.xlsx()));
    else await pipeline(Readable.from(exports.lines()), response.type("application/x-ndjson"));
  });
  return router;
}

/** Why it was not done, as a sentence for the editor. */
function told(refusal: ImportRefusal): [status: number, code: string, message: string] {
  switch (refusal.kind) {
    case "not-found":
      return [404, "not-found", "没有找到这次导入。"];
    case "unreadable":
      return [400, "unreadable", refusal.message];
    case "bad-settings":
      return [400, "bad-input", refusal.message];
    case "wrong-state":
      return [409, "wrong-state", `${STATES[refusal.state]}，现在不能这样做。`];
    case "faulty-rows":
      return [400, "faulty-rows", `选中的行里有 ${refusal.rows} 行有错误，请先改正，或者不选它们。`];
    case "nothing-chosen":
      return [400, "nothing-chosen", "没有可以导入的行。"];
    default:
      throw new Error(`unknown refusal ${JSON.stringify(refusal satisfies never)}`);
  }
}

const STATES = {
  reading: "文件还在读取",
  ready: "还没有开始导入",
  importing: "正在导入",
  done: "已经导入完成",
  failed: "这次导入没有成功",
  cancelled: "这次导入已取消",
} as const;
