import type { OpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { failures, json, ok } from "../openapi-parts.ts";
import { exportQuery, importList, importView, rowList, rowsQuery, settingsBody, startBody } from "./schemas.ts";

/** The routes by which editors import and export. */
export function describeKnowledgeImports(registry: OpenAPIRegistry): void {
  const tags = ["知识库导入导出"];
  const params = z.object({ id: z.string().describe("导入的编号") });
  const denied = failures(401, 403);
  const path = "/api/knowledge/imports/{id}";
  const file = z.object({ file: z.string().meta({ format: "binary" }) });
  registry.registerPath({
    method: "post",
    path: "/api/knowledge/imports",
    operationId: "uploadKnowledge",
    summary: "上传一个文件（docx、pdf、xlsx、csv、md、html、txt、jsonl，最大 50 MB），只读取和比对，不写入知识库",
    tags,
    request: { body: { required: true, content: { "multipart/form-data": { schema: file } } } },
    responses: { 201: ok("已收到，正在读取", importView), ...failures(400, 413, 503), ...denied },
  });
  registry.registerPath({
    method: "get",
    path: "/api/knowledge/imports",
    operationId: "listKnowledgeImports",
    summary: "最近的导入，新的在前",
    tags,
    responses: { 200: ok("导入", importList), ...denied },
  });
  registry.registerPath({
    method: "get",
    path,
    operationId: "readKnowledgeImport",
    summary: "一次导入：进度、列的对应、数目",
    tags,
    request: { params },
    responses: { 200: ok("导入", importView), ...failures(404), ...denied },
  });
  registry.registerPath({
    method: "get",
    path: `${path}/rows`,
    operationId: "previewKnowledgeImport",
    summary: "预览：每行将成为的条目、错误、重复和矛盾",
    tags,
    request: { params, query: rowsQuery },
    responses: { 200: ok("一页预览", rowList), ...failures(400, 404), ...denied },
  });
  registry.registerPath({
    method: "patch",
    path,
    operationId: "adjustKnowledgeImport",
    summary: "改列的对应和统一的值，重新读取",
    tags,
    request: { params, body: { required: true, ...json(settingsBody) } },
    responses: { 200: ok("正在重新读取", importView), ...failures(400, 404, 409), ...denied },
  });
  registry.registerPath({
    method: "post",
    path: `${path}/start`,
    operationId: "startKnowledgeImport",
    summary: "导入为草稿，要么全部导入，要么都不导入",
    tags,
    request: { params, body: { required: false, ...json(startBody) } },
    responses: { 200: ok("正在导入", importView), ...failures(400, 404, 409), ...denied },
  });
  registry.registerPath({
    method: "post",
    path: `${path}/cancel`,
    operationId: "cancelKnowledgeImport",
    summary: "取消，什么都不导入",
    tags,
    request: { params },
    responses: { 200: ok("已取消", importView), ...failures(404, 409), ...denied },
  });
  registry.registerPath({
    method: "get",
    path: "/api/knowledge/export",
    operationId: "exportKnowledge",
    summary: "导出全部草稿和已发布的条目",
    tags,
    request: { query: exportQuery },
    responses: {
      200: { description: "文件", content: { "*/*": { schema: z.string() } } },
      ...failures(400),
      ...denied,
    },
  });
}
