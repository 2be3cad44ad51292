import type { OpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { failures, json, ok } from "../http/openapi-parts.ts";

/** The JSON of `/api/mini-program`; both the checks of the routes and the OpenAPI document are made of these. */

export const signInBody = z
  .object({ code: z.string().min(1).max(200).describe("wx.login 给出的 code，五分钟内用一次") })
  .meta({ id: "MiniProgramSignIn" });
const signedIn = z
  .object({
    token: z.string().describe("Direct Line 令牌，也用于本组接口（Authorization: Bearer）"),
    conversationId: z.string().describe("本人在小程序里的对话，换手机也不变"),
    expires_in: z.number().int().describe("秒"),
    templateIds: z.array(z.string()).describe("可以请市民订阅的消息模板"),
  })
  .meta({ id: "MiniProgramSession" });
export const acceptedBody = z
  .object({ templateIds: z.array(z.string().min(1).max(100)).min(1).max(3).describe("市民刚刚同意订阅的模板") })
  .meta({ id: "MiniProgramSubscriptions" });

const time = z.iso.datetime({ offset: true });
const status = z.enum(["saved", "refused", "accepted", "dispatched", "in-progress", "replied", "closed", "withdrawn"]);
const ticket = z.object({
  number: z.string().optional().describe("受理编号；派单系统受理以后才有"),
  title: z.string(),
  status,
  unit: z.string().optional(),
  dueAt: time.optional(),
  createdAt: time,
});
const ownTickets = z.object({ tickets: z.array(ticket) }).meta({ id: "MiniProgramTickets" });
const ownTicket = ticket
  .extend({
    updates: z.array(z.object({ at: time, status, unit: z.string().optional(), text: z.string().optional() })),
  })
  .meta({ id: "MiniProgramTicket" });

const tags = ["小程序"];
const security = [{ bearer: [] }];

/** The routes of the mini-program's own client, for the OpenAPI document. */
export function describeMiniProgram(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: "post",
    path: "/api/mini-program/session",
    operationId: "signInMiniProgram",
    summary: "小程序登录：用 wx.login 的 code 换取对话令牌",
    tags,
    security: [],
    request: { body: { required: true, ...json(signInBody) } },
    responses: { 200: ok("已登录", signedIn), ...failures(400, 401, 403, 429, 500, 503) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/mini-program/tickets",
    operationId: "listOwnTickets",
    summary: "本人的工单，新的在前",
    tags,
    security,
    responses: { 200: ok("最多 50 张", ownTickets), ...failures(401, 429) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/mini-program/tickets/{number}",
    operationId: "readOwnTicket",
    summary: "本人的一张工单及经过",
    tags,
    security,
    request: { params: z.object({ number: z.string().describe("受理编号") }) },
    responses: { 200: ok("工单及经过", ownTicket), ...failures(401, 404, 429) },
  });
  registry.registerPath({
    method: "post",
    path: "/api/mini-program/subscriptions",
    operationId: "allowNotices",
    summary: "登记市民同意的订阅消息（wx.requestSubscribeMessage 的结果）",
    tags,
    security,
    request: { body: { required: true, ...json(acceptedBody) } },
    responses: { 204: { description: "已登记" }, ...failures(400, 401, 429) },
  });
}
