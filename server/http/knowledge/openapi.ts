import type { OpenAPIRegistry, RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { failures, json, ok } from "../openapi-parts.ts";
import {
  answeredQuery,
  answeredView,
  auditQuery,
  auditView,
  calendarQuery,
  calendarView,
  conflictView,
  correctionBody,
  correctionView,
  createBody,
  diffQuery,
  diffView,
  entryList,
  entryView,
  facetsView,
  listQuery,
  previewBody,
  previewView,
  publishBody,
  saveBody,
  stepBody,
  versionList,
  versionView,
  withdrawBody,
} from "./schemas.ts";

import { synonymRoutes } from "./synonym-openapi.ts";
import {
  checkJobView,
  checkView,
  gapDraft,
  gapList,
  gapQuery,
  rateQuery,
  rateView,
  tryBody,
  tryView,
} from "./trial-schemas.ts";

const tags = ["知识库"];
const ofEntry = z.object({ id: z.string().describe("条目编号") });
const ofVersion = ofEntry.extend({ version: z.string().describe("版本号") });
const body = (schema: z.ZodType) => ({ required: true, ...json(schema) });
const denied = failures(401, 403);

type Route = Pick<RouteConfig, "method" | "path" | "request" | "responses"> & { operationId: string; summary: string };

const reading: Route[] = [
  {
    method: "get",
    path: "/api/knowledge/entries",
    operationId: "listKnowledge",
    summary: "条目，含草稿，新改的在前；边输入边查",
    request: { query: listQuery },
    responses: { 200: ok("一页条目", entryList), ...failures(400), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/facets",
    operationId: "countKnowledge",
    summary: "各状态、责任部门、地区有多少条目",
    responses: { 200: ok("数目", facetsView), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/calendar",
    operationId: "readKnowledgeCalendar",
    summary: "哪天到期、复核、定时发布",
    request: { query: calendarQuery },
    responses: { 200: ok("按日排列", calendarView), ...failures(400), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/entries/{id}",
    operationId: "readKnowledge",
    summary: "一个条目",
    request: { params: ofEntry },
    responses: { 200: ok("条目", entryView), ...failures(404), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/entries/{id}/versions",
    operationId: "listKnowledgeVersions",
    summary: "全部版本，新的在前",
    request: { params: ofEntry },
    responses: { 200: ok("版本", versionList), ...failures(404), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/entries/{id}/versions/{version}",
    operationId: "readKnowledgeVersion",
    summary: "一个版本",
    request: { params: ofVersion },
    responses: { 200: ok("版本", versionView), ...failures(404), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/entries/{id}/diff",
    operationId: "compareKnowledge",
    summary: "两个版本的不同：逐项，文字逐字",
    request: { params: ofEntry, query: diffQuery },
    responses: { 200: ok("不同之处", diffView), ...failures(400, 404), ...denied },
  },
  ...["/api/knowledge/audit", "/api/knowledge/entries/{id}/audit"].map(
    (path, i): Route => ({
      method: "get",
      path,
      operationId: i === 0 ? "listKnowledgeAudit" : "listKnowledgeEntryAudit",
      summary: "谁在何时改了什么，新的在前",
      request: i === 0 ? { query: auditQuery } : { params: ofEntry, query: auditQuery },
      responses: { 200: ok("记录", auditView), ...failures(400), ...denied },
    }),
  ),
];

const after = { 200: ok("之后的条目", entryView), ...failures(400, 404, 409), ...denied };

const step = (verb: string, operationId: string, summary: string, schema: z.ZodType = stepBody): Route => ({
  method: "post",
  path: `/api/knowledge/entries/{id}/versions/{version}/${verb}`,
  operationId,
  summary,
  request: { params: ofVersion, body: body(schema) },
  responses: after,
});

const writing: Route[] = [
  {
    method: "post",
    path: "/api/knowledge/entries",
    operationId: "createKnowledge",
    summary: "新建条目的草稿",
    request: { body: body(createBody) },
    responses: { 201: ok("新建的条目", entryView), ...failures(400, 409), ...denied },
  },
  {
    method: "put",
    path: "/api/knowledge/entries/{id}",
    operationId: "saveKnowledge",
    summary: "保存为新的草稿版本",
    request: { params: ofEntry, body: body(saveBody) },
    responses: {
      200: ok("之后的条目", entryView),
      409: ok("别人先保存了；您的内容另存为一版", conflictView),
      ...failures(400, 404),
      ...denied,
    },
  },
  step("submit", "submitKnowledge", "提交审核"),
  step("approve", "approveKnowledge", "审核通过；写过这一版的人不能做"),
  step("reject", "rejectKnowledge", "退回为草稿，要写理由"),
  step("publish", "publishKnowledge", "发布，或定时发布；写过这一版的人不能做", publishBody),
  step("unschedule", "unscheduleKnowledge", "取消定时发布"),
  {
    method: "post",
    path: "/api/knowledge/entries/{id}/withdraw",
    operationId: "withdrawKnowledge",
    summary: "停用，一秒内所有渠道不再据此答复",
    request: { params: ofEntry, body: body(withdrawBody) },
    responses: after,
  },
  {
    method: "get",
    path: "/api/knowledge/entries/{id}/answered",
    operationId: "countKnowledgeAnswers",
    summary: "各版本答复过多少次、多少个对话；不显示是谁",
    request: { params: ofEntry, query: answeredQuery },
    responses: { 200: ok("次数", answeredView), ...failures(400), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/entries/{id}/corrections/preview",
    operationId: "previewKnowledgeCorrection",
    summary: "更正会怎样说、告诉多少个对话；什么也不发",
    request: { params: ofEntry, body: body(previewBody) },
    responses: { 200: ok("预览", previewView), ...failures(400, 404, 409), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/entries/{id}/corrections",
    operationId: "correctKnowledge",
    summary: "把更正告诉按旧版答复过的市民，每个对话一次",
    request: { params: ofEntry, body: body(correctionBody) },
    responses: { 200: ok("已开始告诉", correctionView), ...failures(400, 404, 409), ...denied },
  },
];

const trying: Route[] = [
  {
    method: "post",
    path: "/api/knowledge/try",
    operationId: "tryKnowledge",
    summary: "试问：市民会得到什么，为什么",
    request: { body: body(tryBody) },
    responses: { 200: ok("答复和依据", tryView), ...failures(400), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/entries/{id}/versions/{version}/check",
    operationId: "checkKnowledge",
    summary: "发布前检查：测试问题和近一个月的问题会有什么变化",
    request: { params: ofVersion },
    responses: { 200: ok("变化", checkView), ...failures(404, 409), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/entries/{id}/versions/{version}/check",
    operationId: "readKnowledgeCheck",
    summary: "发布前检查到了哪里，结果如何",
    request: { params: ofVersion },
    responses: { 200: ok("检查", checkJobView), ...failures(404), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/entries/{id}/versions/{version}/check/start",
    operationId: "startKnowledgeCheck",
    summary: "开始发布前检查，不等结果；正在检查的、刚检查过而没有变化的，接着用",
    request: { params: ofVersion },
    responses: { 202: ok("检查", checkJobView), ...failures(404), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/entries/{id}/versions/{version}/check/cancel",
    operationId: "cancelKnowledgeCheck",
    summary: "停止发布前检查",
    request: { params: ofVersion },
    responses: { 200: ok("检查", checkJobView), ...failures(404), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/gaps",
    operationId: "listKnowledgeGaps",
    summary: "没有答上和没有帮助的问题，同一件事的在一起，多的在前",
    request: { query: gapQuery },
    responses: { 200: ok("缺口", gapList), ...failures(400), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/gaps/{gap}/draft",
    operationId: "draftKnowledgeGap",
    summary: "由一个缺口建草稿，问题作为问法",
    request: { params: z.object({ gap: z.string().describe("缺口编号") }) },
    responses: { 201: ok("草稿", gapDraft), ...failures(404, 409), ...denied },
  },
  {
    method: "get",
    path: "/api/knowledge/rates",
    operationId: "readKnowledgeRates",
    summary: "答上的比例，按天或按周",
    request: { query: rateQuery },
    responses: { 200: ok("比例", rateView), ...failures(400), ...denied },
  },
];

/** The routes of the knowledge base's editors, for the OpenAPI document. */
export function describeKnowledge(registry: OpenAPIRegistry): void {
  for (const route of [...reading, ...writing, ...trying, ...synonymRoutes]) registry.registerPath({ ...route, tags });
}
