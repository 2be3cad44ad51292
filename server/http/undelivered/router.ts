import type { OpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import { Router } from "express";
import { z } from "zod";
import type { UndeliveredLine } from "../../delivery/undelivered.ts";
import type { StaffRole, StaffUser } from "../../staff/account.ts";
import { type RequireStaff, staffOf } from "../../staff/guard.ts";
import { failures, ok } from "../openapi-parts.ts";

const roles: readonly StaffRole[] = ["admin", "center", "unit"];

const line = z
  .object({
    id: z.string(),
    at: z.iso.datetime().describe("放弃发送的时间"),
    channel: z.string(),
    kind: z.enum(["say", "notify", "tell-filing"]).describe("对话里的话、工单进展、登记结果"),
    reason: z.string().describe("为什么没有送到，不含市民的信息"),
    attempts: z.int().describe("试了几次"),
    waits: z.boolean().describe("市民下次来时告知"),
    ticket: z.string().optional().describe("工单编号"),
    words: z.string().optional().describe("没有送到的话，只给看得到这张工单的人"),
  })
  .meta({ id: "UndeliveredLine" });

export const undeliveredView = z.object({ undelivered: z.array(line) }).meta({ id: "Undelivered" });

/** 未送达, to be mounted at `/api/undelivered`. */
export function createUndeliveredRouter(options: {
  list: (user: StaffUser) => Promise<UndeliveredLine[]>;
  requireStaff: RequireStaff;
}): Router {
  const router = Router();
  router.use(options.requireStaff(roles));
  router.get("/", async (_request, response) => {
    const lines = await options.list(staffOf(response));
    // Words about citizens stay out of every cache.
    response.set("Cache-Control", "no-store");
    response.json({ undelivered: lines.map(({ at, ...rest }) => ({ ...rest, at: at.toISOString() })) });
  });
  return router;
}

/** Its route, for the OpenAPI document. */
export function describeUndelivered(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: "get",
    path: "/api/undelivered",
    operationId: "listUndelivered",
    summary: "没有送到市民的消息，最近的在前；承办单位只看到自己工单的",
    tags: ["未送达"],
    responses: { 200: ok("最多 200 条", undeliveredView), ...failures(401, 403) },
  });
}
