import express, { type Response, Router } from "express";
import type { HandoffStore } from "../../../bots/ports.ts";
import type { Outcome, Reception } from "../../handoff/reception.ts";
import type { MediaStore } from "../../media/index.ts";
import type { StaffRole } from "../../staff/account.ts";
import { type RequireStaff, staffOf } from "../../staff/guard.ts";
import { checked, refuse } from "../desk/checked.ts";
import { sendUpload } from "../send-upload.ts";
import { attachBody, editBody, returnBody, sayBody } from "./schemas.ts";
import { attentionJson, queueJson } from "./views.ts";

export interface HandoffRouterOptions {
  reception: Reception;
  audit: Pick<HandoffStore, "staffActs">;
  media: Pick<MediaStore, "find">;
  requireStaff: RequireStaff;
}

const receptionRoles: readonly StaffRole[] = ["admin", "operator"];

/** 人工接待, to be mounted at `/api/handoffs`. */
export function createHandoffRouter({ reception, audit, media, requireStaff }: HandoffRouterOptions): Router {
  const router = Router();
  router.use(requireStaff(receptionRoles));
  router.use(express.json({ limit: "256kb" }));
  // Citizens' words stay out of every cache.
  router.use((_request, response, next) => {
    response.set("Cache-Control", "no-store");
    next();
  });

  async function show(response: Response, id: string): Promise<void> {
    const read = await reception.read(staffOf(response), id);
    if (read.kind === "shown") response.json(attentionJson(read.attention));
    else tell(response, read);
  }

  async function done(response: Response, id: string, outcome: Outcome): Promise<void> {
    if (outcome.kind === "done") await show(response, id);
    else tell(response, outcome);
  }

  router.get("/", async (_request, response) => {
    const user = staffOf(response);
    response.json(queueJson(user.username, await reception.queue(user)));
  });

  router.get("/:id", (request, response) => show(response, request.params.id));

  router.post("/:id/take", async (request, response) => {
    const { id } = request.params;
    await done(response, id, await reception.take(staffOf(response), id));
  });

  router.post("/:id/say", async (request, response) => {
    const said = checked(sayBody, request.body, response);
    const { id } = request.params;
    if (said) await done(response, id, await reception.say(staffOf(response), id, said));
  });

  router.post("/:id/form", async (request, response) => {
    const change = checked(editBody, request.body, response);
    const { id } = request.params;
    if (change) await done(response, id, await reception.edit(staffOf(response), id, change));
  });

  router.post("/:id/evidence", async (request, response) => {
    const body = checked(attachBody, request.body, response);
    const { id } = request.params;
    if (body) await done(response, id, await reception.attach(staffOf(response), id, body.mediaId));
  });

  router.post("/:id/return", async (request, response) => {
    const body = checked(returnBody, request.body, response);
    if (!body) return;
    const outcome = await reception.giveBack(staffOf(response), request.params.id, body.note);
    if (outcome.kind === "done") response.status(204).end();
    else tell(response, outcome);
  });

  /** What the citizen sent in this conversation, for the operator who has taken it. */
  router.get("/:id/media/:mediaId", async (request, response) => {
    const { id, mediaId } = request.params;
    const read = await reception.read(staffOf(response), id);
    if (read.kind !== "shown") return tell(response, read);
    const belongs = read.attention.lines.some((line) => line.media.some((each) => each.id === mediaId));
    const found = belongs ? media.find(mediaId) : undefined;
    if (!found) return refuse(response, 404, "not-found", "找不到这个附件。");
    const bytes = await found.bytes();
    sendUpload(request, response, { media: found.media, bytes, cacheControl: "private, no-store" });
  });

  router.get("/:id/acts", requireStaff(["admin"]), async (request, response) => {
    const { id } = request.params as { id: string };
    const acts = await audit.staffActs(id);
    response.json({ acts: acts.map(({ by, deed, about, at }) => ({ by, deed, about, at: at.toISOString() })) });
  });

  return router;
}

const ENDINGS = {
  returned: "这次接待已经交还机器人。",
  citizen: "市民已经结束人工服务。",
  silent: "市民等待回复的时间过长，这次接待已被收回，由机器人继续。",
  idle: "双方许久没有说话，这次接待已经结束。",
};

/** Why it was not done, as a sentence for the operator. */
function tell(response: Response, outcome: Exclude<Outcome, { kind: "done" }> | { kind: "done" }): void {
  switch (outcome.kind) {
    case "done":
      response.status(204).end();
      break;
    case "not-found":
      refuse(response, 404, "not-found", "没有找到这次接待。");
      break;
    case "taken-by":
      refuse(response, 409, "already-taken", `${outcome.by.label}已经接待了这位市民。`);
      break;
    case "ended":
      refuse(response, 409, "ended", ENDINGS[outcome.ending]);
      break;
    case "not-yours":
      refuse(response, 403, "not-yours", "请先接待，才能查看和回复。");
      break;
    case "stale":
      refuse(response, 409, "stale", "这一项刚刚有了变化，请看过现在的内容再改。");
      break;
    case "refused":
      refuse(response, 400, "bad-input", outcome.reason);
      break;
    default:
      throw new Error(`unknown outcome ${JSON.stringify(outcome satisfies never)}`);
  }
}
