import { describe, expect, it } from "vitest";
import { ticketDetail, ticketList } from "../../../server/http/desk/schemas.ts";
import { createApiDocument } from "../../../server/http/openapi.ts";
import { aRequest, numberOf } from "../desk/fixture.ts";
import { staffCity } from "./staff-city.ts";

const city = staffCity();
const { call, signIn } = city;

describe("接口文档", () => {
  it("不用登录就能读", async () => {
    const answer = await call("/openapi.json");
    expect(answer.status).toBe(200);
    expect(answer.body.openapi).toBe("3.1.0");
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(createApiDocument())));
  });

  it("引用都找得到，编号不重，路径里的参数都有说明", () => {
    const document = JSON.parse(JSON.stringify(createApiDocument())) as {
      paths: Record<
        string,
        Record<string, { operationId: string; responses: object; parameters?: { in: string; name: string }[] }>
      >;
      components: Record<string, Record<string, unknown>>;
    };
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([\w-]+)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, group = "", name = ""] of references) expect(document.components[group]).toHaveProperty(name);
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      expect(path.startsWith("/api/")).toBe(true);
      expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
      const declared = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
      expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    }
    expect(Object.keys(document.paths).sort()).toEqual([
      "/api/desk/media/{number}/{id}",
      "/api/desk/tickets",
      "/api/desk/tickets/{number}",
      "/api/desk/tickets/{number}/accept",
      "/api/desk/tickets/{number}/close",
      "/api/desk/tickets/{number}/reply",
      "/api/desk/units",
      "/api/dispatch/callback",
      "/api/handoffs",
      "/api/handoffs/{id}",
      "/api/handoffs/{id}/acts",
      "/api/handoffs/{id}/evidence",
      "/api/handoffs/{id}/form",
      "/api/handoffs/{id}/media/{mediaId}",
      "/api/handoffs/{id}/return",
      "/api/handoffs/{id}/say",
      "/api/handoffs/{id}/take",
      "/api/knowledge/audit",
      "/api/knowledge/calendar",
      "/api/knowledge/entries",
      "/api/knowledge/entries/{id}",
      "/api/knowledge/entries/{id}/answered",
      "/api/knowledge/entries/{id}/audit",
      "/api/knowledge/entries/{id}/corrections",
      "/api/knowledge/entries/{id}/corrections/preview",
      "/api/knowledge/entries/{id}/diff",
      "/api/knowledge/entries/{id}/versions",
      "/api/knowledge/entries/{id}/versions/{version}",
      "/api/knowledge/entries/{id}/versions/{version}/approve",
      "/api/knowledge/entries/{id}/versions/{version}/check",
      "/api/knowledge/entries/{id}/versions/{version}/check/cancel",
      "/api/knowledge/entries/{id}/versions/{version}/check/start",
      "/api/knowledge/entries/{id}/versions/{version}/publish",
      "/api/knowledge/entries/{id}/versions/{version}/reject",
      "/api/knowledge/entries/{id}/versions/{version}/submit",
      "/api/knowledge/entries/{id}/versions/{version}/unschedule",
      "/api/knowledge/entries/{id}/withdraw",
      "/api/knowledge/export",
      "/api/knowledge/facets",
      "/api/knowledge/gaps",
      "/api/knowledge/gaps/{gap}/draft",
      "/api/knowledge/imports",
      "/api/knowledge/imports/{id}",
      "/api/knowledge/imports/{id}/cancel",
      "/api/knowledge/imports/{id}/rows",
      "/api/knowledge/imports/{id}/start",
      "/api/knowledge/rates",
      "/api/knowledge/synonyms",
      "/api/knowledge/synonyms/preview",
      "/api/knowledge/synonyms/publish",
      "/api/knowledge/try",
      "/api/messages",
      "/api/openapi.json",
      "/api/session",
      "/api/staff",
      "/api/undelivered",
    ]);
  });

  it("答复确实符合文档里的样子", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "k"));
    const token = await signIn("admin");
    expect(ticketDetail.strict().safeParse((await call(`/desk/tickets/${number}`, token)).body).success).toBe(true);
    expect(ticketList.safeParse((await call("/desk/tickets", token)).body).success).toBe(true);
  });
});
