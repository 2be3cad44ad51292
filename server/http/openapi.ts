import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { Router } from "express";
import { z } from "zod";
import { callbackBody } from "../dispatch/callback.ts";
import {
  accountList,
  addedAccount,
  credentials,
  currentSession,
  newAccount,
  signedIn,
  stepText,
  ticketDetail,
  ticketList,
  ticketQuery,
  unitList,
  unitQuery,
} from "./desk/schemas.ts";
import { describeHandoffs } from "./handoff/openapi.ts";
import { describeKnowledge } from "./knowledge/openapi.ts";
import { describeKnowledgeImports } from "./knowledge-import/openapi.ts";
import { failures, json, ok } from "./openapi-parts.ts";
import { describeUndelivered } from "./undelivered/router.ts";

/** Adds the routes of another room to the document. */
export type DescribeRoutes = (registry: OpenAPIRegistry) => void;

/** OpenAPI 3.1 of everything under `/api`, made of the schemas that the routes check with. */
export function createApiDocument(others: readonly DescribeRoutes[] = []) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "cookie", { type: "apiKey", in: "cookie", name: "session" });
  registry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  for (const describe of [
    describeSession,
    describeDesk,
    describeHandoffs,
    describeKnowledge,
    describeKnowledgeImports,
    describeUndelivered,
    describeDispatch,
    describeMessages,
    describeDocument,
    ...others,
  ])
    describe(registry);
  return new OpenApiGeneratorV31(registry.definitions, { sortComponents: "alphabetically" }).generateDocument({
    openapi: "3.1.0",
    info: { title: "接诉即办", version: "1", description: "工作人员和派单系统使用的接口。时间均为带时区的 ISO 8601。" },
    security: [{ cookie: [] }, { bearer: [] }],
  });
}

/** `GET /openapi.json`, to be mounted at `/api`. */
export function createOpenApiRouter(others: readonly DescribeRoutes[] = []): Router {
  const router = Router();
  let document: string | undefined;
  router.get("/openapi.json", (_request, response) => {
    document ??= JSON.stringify(createApiDocument(others));
    response.type("application/json").send(document);
  });
  return router;
}

function describeSession(registry: OpenAPIRegistry): void {
  const tags = ["登录"];
  registry.registerPath({
    method: "post",
    path: "/api/session",
    operationId: "signIn",
    summary: "登录",
    tags,
    security: [],
    request: { body: { required: true, ...json(credentials) } },
    responses: { 200: ok("已登录，并设置 session cookie", signedIn), ...failures(400, 401, 429) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/session",
    operationId: "currentSession",
    summary: "当前登录的人",
    tags,
    responses: { 200: ok("当前登录的人", currentSession), ...failures(401) },
  });
  registry.registerPath({
    method: "delete",
    path: "/api/session",
    operationId: "signOut",
    summary: "退出",
    tags,
    security: [],
    responses: { 204: { description: "已退出" } },
  });
  registry.registerPath({
    method: "get",
    path: "/api/staff",
    operationId: "listAccounts",
    summary: "工作人员账号",
    tags,
    responses: { 200: ok("全部账号", accountList), ...failures(401, 403) },
  });
  registry.registerPath({
    method: "post",
    path: "/api/staff",
    operationId: "addAccount",
    summary: "新建账号",
    tags,
    request: { body: { required: true, ...json(newAccount) } },
    responses: { 201: ok("已新建", addedAccount), ...failures(400, 401, 403, 409) },
  });
}

function describeDesk(registry: OpenAPIRegistry): void {
  const tags = ["工单"];
  const params = z.object({ number: z.string().describe("工单编号，14 位数字") });
  registry.registerPath({
    method: "get",
    path: "/api/desk/units",
    operationId: "listUnits",
    summary: "承办单位",
    tags,
    request: { query: unitQuery },
    responses: { 200: ok("有工单的单位，或名称符合 query 的单位", unitList), ...failures(400, 401, 403) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/desk/tickets",
    operationId: "listTickets",
    summary: "工单列表，最急的在前",
    tags,
    request: { query: ticketQuery },
    responses: { 200: ok("一页工单", ticketList), ...failures(400, 401, 403) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/desk/tickets/{number}",
    operationId: "readTicket",
    summary: "一张工单",
    tags,
    request: { params },
    responses: { 200: ok("工单及经过", ticketDetail), ...failures(401, 403, 404) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/desk/media/{number}/{id}",
    operationId: "readEvidence",
    summary: "工单的一个附件",
    tags,
    request: { params: params.extend({ id: z.string().describe("附件编号，见工单的 evidence") }) },
    responses: {
      200: { description: "附件的内容，类型见 Content-Type", content: { "*/*": { schema: z.string() } } },
      ...failures(401, 403, 404),
    },
  });
  const steps = [
    { name: "accept", summary: "接单", body: undefined },
    { name: "reply", summary: "答复", body: { required: true, ...json(stepText) } },
    { name: "close", summary: "办结", body: { required: true, ...json(stepText) } },
  ];
  for (const { name, summary, body } of steps) {
    registry.registerPath({
      method: "post",
      path: `/api/desk/tickets/{number}/${name}`,
      operationId: `${name}Ticket`,
      summary,
      tags,
      request: body ? { params, body } : { params },
      responses: { 200: ok("处理后的工单", ticketDetail), ...failures(400, 401, 403, 404, 409) },
    });
  }
}

function describeDispatch(registry: OpenAPIRegistry): void {
  const headers = z.object({ "x-signature": z.string().describe("请求体的 HMAC-SHA256，十六进制") });
  registry.registerPath({
    method: "post",
    path: "/api/dispatch/callback",
    operationId: "receiveUpdate",
    summary: "派单系统推送工单进展",
    tags: ["派单系统"],
    security: [],
    request: { headers, body: { required: true, ...json(callbackBody) } },
    responses: {
      200: ok("已记录，或此前已记录", z.object({ result: z.enum(["recorded", "duplicate"]) })),
      ...failures(400, 401, 404),
    },
  });
}

function describeMessages(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: "post",
    path: "/api/messages",
    operationId: "receiveActivity",
    summary: "Bot Framework（Teams 等）送来的活动，凭平台的令牌；没有设这个渠道时是 404",
    tags: ["渠道"],
    security: [],
    request: {
      headers: z.object({ authorization: z.string().describe("Bearer，平台签发给本机器人的令牌") }),
      body: {
        required: true,
        ...json(z.looseObject({ type: z.string(), channelId: z.string(), serviceUrl: z.url() })),
      },
    },
    responses: {
      200: { description: "说的话已存好，或没有说话" },
      400: { description: "不是活动" },
      401: { description: "没有平台的令牌" },
      403: { description: "令牌不是给这个渠道或地址的" },
      501: { description: "invoke，不支持" },
      503: { description: "没能存下，请再送" },
    },
  });
}

function describeDocument(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: "get",
    path: "/api/openapi.json",
    operationId: "readApiDocument",
    summary: "本文档",
    tags: ["文档"],
    security: [],
    responses: { 200: { description: "OpenAPI 3.1", ...json(z.object({ openapi: z.string() })) } },
  });
}
