import type { RouteConfig } from "@asteasolutions/zod-to-openapi";
import type { z } from "zod";
import { errorBody } from "./desk/schemas.ts";

/** A body of JSON. */
export const json = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
/** An answer of JSON. */
export const ok = (description: string, schema: z.ZodType) => ({ description, ...json(schema) });

const reasons: Record<number, string> = {
  400: "填写不正确",
  401: "没有登录，或凭据不正确",
  403: "没有权限",
  404: "没有找到",
  409: "与当前状态冲突",
  413: "文件太大",
  429: "过于频繁，见 Retry-After",
  500: "服务器没有配置好",
  503: "暂时繁忙，见 Retry-After",
};

/** The errors a route may answer, in the one shape of `/api`. */
export function failures(...codes: number[]): RouteConfig["responses"] {
  return Object.fromEntries(codes.map((code) => [code, ok(reasons[code] ?? "错误", errorBody)]));
}
