import type { Request } from "express";
import { document, type Reply } from "./reply.ts";

/** When this endpoint's interface last changed. */
const CHANGESET = "2026-01-01T00:00:00Z";

/** Open311 Service Discovery: where the endpoint is and what it speaks. */
export function discovery(options: { publicUrl?: string; contact?: string }, request: Request): Reply {
  const base = options.publicUrl?.replace(/\/+$/, "") ?? `${request.protocol}://${request.get("host") ?? "localhost"}`;
  return document("discovery", {
    changeset: CHANGESET,
    contact: options.contact ?? "市民热线 12345",
    key_service: "向市民热线服务中心申请接入密钥",
    endpoints: [
      {
        specification: "http://wiki.open311.org/GeoReport_v2",
        url: `${base}${request.baseUrl}`,
        changeset: CHANGESET,
        type: "production",
        formats: ["text/xml", "application/json"],
      },
    ],
  });
}
