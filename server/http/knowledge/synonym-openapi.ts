import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import { failures, json, ok } from "../openapi-parts.ts";
import { synonymGroups, synonymPreview, synonymPublish, synonymSave, synonymView } from "./synonym-schemas.ts";

type Route = Pick<RouteConfig, "method" | "path" | "request" | "responses"> & { operationId: string; summary: string };

const denied = failures(401, 403);

export const synonymRoutes: Route[] = [
  {
    method: "get",
    path: "/api/knowledge/synonyms",
    operationId: "readKnowledgeSynonyms",
    summary: "编辑自己的同义词：在用的和等待发布的",
    responses: { 200: ok("同义词", synonymView), ...denied },
  },
  {
    method: "put",
    path: "/api/knowledge/synonyms",
    operationId: "proposeKnowledgeSynonyms",
    summary: "提出整份新的同义词，等另一个人发布",
    request: { body: { required: true, ...json(synonymSave) } },
    responses: { 200: ok("之后的同义词", synonymView), ...failures(400, 409), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/synonyms/publish",
    operationId: "publishKnowledgeSynonyms",
    summary: "发布，一秒内生效；写过这一版的人不能做",
    request: { body: { required: true, ...json(synonymPublish) } },
    responses: { 200: ok("之后的同义词", synonymView), ...failures(400, 409), ...denied },
  },
  {
    method: "post",
    path: "/api/knowledge/synonyms/preview",
    operationId: "previewKnowledgeSynonyms",
    summary: "换成这些同义词，最近一个月的哪些问题答得不一样",
    request: { body: { required: true, ...json(synonymGroups) } },
    responses: { 200: ok("会变的问题", synonymPreview), ...failures(400), ...denied },
  },
];
