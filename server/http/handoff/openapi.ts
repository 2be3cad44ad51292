import type { OpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { failures, json, ok } from "../openapi-parts.ts";
import { actsView, attachBody, attentionView, editBody, queueView, returnBody, sayBody } from "./schemas.ts";

const tags = ["人工接待"];
const params = z.object({ id: z.string().describe("接待的编号") });

/** The routes of 人工接待, for the OpenAPI document. */
export function describeHandoffs(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: "get",
    path: "/api/handoffs",
    operationId: "listHandoffs",
    summary: "等待和接待中的对话，先来的在前",
    tags,
    responses: { 200: ok("队列", queueView), ...failures(401, 403) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/handoffs/{id}",
    operationId: "readHandoff",
    summary: "自己接待的一个对话",
    tags,
    request: { params },
    responses: { 200: ok("对话、摘要和填到一半的表", attentionView), ...failures(401, 403, 404, 409) },
  });
  registry.registerPath({
    method: "get",
    path: "/api/handoffs/{id}/media/{mediaId}",
    operationId: "readHandoffMedia",
    summary: "市民在对话里发的一个附件",
    tags,
    request: { params: params.extend({ mediaId: z.string() }) },
    responses: {
      200: { description: "附件的内容，类型见 Content-Type", content: { "*/*": { schema: z.string() } } },
      ...failures(401, 403, 404, 409),
    },
  });
  registry.registerPath({
    method: "get",
    path: "/api/handoffs/{id}/acts",
    operationId: "listHandoffActs",
    summary: "谁在何时看过、做过什么（管理员）",
    tags,
    request: { params },
    responses: { 200: ok("先做的在前", actsView), ...failures(401, 403) },
  });
  const deeds = [
    { name: "take", operationId: "takeHandoff", summary: "接待", body: undefined },
    { name: "say", operationId: "sayInHandoff", summary: "对市民说一句话", body: sayBody },
    { name: "form", operationId: "editHandoffForm", summary: "改表里的一项", body: editBody },
    { name: "evidence", operationId: "attachInHandoff", summary: "把市民发的附件放进表里", body: attachBody },
  ];
  for (const { name, operationId, summary, body } of deeds) {
    registry.registerPath({
      method: "post",
      path: `/api/handoffs/{id}/${name}`,
      operationId,
      summary,
      tags,
      request: body ? { params, body: { required: true, ...json(body) } } : { params },
      responses: { 200: ok("之后的对话", attentionView), ...failures(400, 401, 403, 404, 409) },
    });
  }
  registry.registerPath({
    method: "post",
    path: "/api/handoffs/{id}/return",
    operationId: "returnHandoff",
    summary: "交还机器人",
    tags,
    request: { params, body: { required: false, ...json(returnBody) } },
    responses: { 204: { description: "已交还" }, ...failures(400, 401, 403, 404, 409) },
  });
}
