import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, describe, expect, it } from "vitest";
import { escapeHtml, type PublicTicket } from "../../../server/web/ticket-html.ts";
import { createTicketPage } from "../../../server/web/ticket-page.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(path: string, tickets: PublicTicket[]) {
  const asked: string[] = [];
  const app = express();
  const find = async (number: string) => {
    asked.push(number);
    return tickets.find((ticket) => ticket.number === number);
  };
  app.get("/t/:number", createTicketPage({ find, now: () => new Date("2026-03-02T04:00:00Z") }));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return { response, html: await response.text(), asked };
}

const ticket: PublicTicket = {
  number: "20260301123456",
  status: "in-progress",
  title: "道路积水",
  unit: "望京街道办事处",
  dueAt: "2026-03-08T02:00:00Z",
  updates: [
    { at: "2026-03-01T02:00:00Z", status: "accepted" },
    { at: "2026-03-02T02:00:00Z", status: "in-progress", unit: "望京街道办事处", text: "已派人查看" },
  ],
};

describe("the page of a ticket", () => {
  it("shows number, state, unit, limit and the newest news first", async () => {
    const { response, html } = await open("/t/20260301123456", [ticket]);
    expect(response.status).toBe(200);
    for (const words of ["20260301123456", "办理中", "望京街道办事处", "3月8日 10:00", "已派人查看", "已受理"]) {
      expect(html).toContain(words);
    }
    expect(html.indexOf("已派人查看")).toBeLessThan(html.indexOf("已受理"));
  });

  it("shows no limit once the ticket is settled", async () => {
    const { html } = await open("/t/20260301123456", [{ ...ticket, status: "closed" }]);
    expect(html).toContain("已办结");
    expect(html).not.toContain("办理期限");
  });

  it("escapes everything that comes from outside", async () => {
    const bad = `"><img src=x onerror=alert(1)>'&`;
    const { html } = await open("/t/20260301123456", [
      {
        ...ticket,
        title: bad,
        unit: bad,
        status: bad,
        dueAt: bad,
        updates: [{ at: bad, status: bad, unit: bad, text: bad }],
      },
    ]);
    expect(html).not.toContain("<img");
    expect(html).not.toMatch(/="[^"]*"><img/);
    expect(html).toContain(escapeHtml(bad));
  });

  it("allows its own style and no script at all", async () => {
    const { response } = await open("/t/20260301123456", [ticket]);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/default-src 'none'/);
    expect(policy).toMatch(/style-src 'sha256-[A-Za-z0-9+/=]+'/);
    expect(policy).not.toContain("unsafe");
    expect(response.headers.get("cache-control")).toBe("private, no-store");
  });

  it("answers an unknown number kindly with 404", async () => {
    const { response, html } = await open("/t/20269999999999", [ticket]);
    expect(response.status).toBe(404);
    expect(html).toContain("没有找到这个工单");
  });

  it.each(["/t/%3Cscript%3E", `/t/${"9".repeat(65)}`, "/t/..%2F..%2Fetc"])(
    "does not even look for %s",
    async (path) => {
      const { response, html, asked } = await open(path, [ticket]);
      expect(response.status).toBe(404);
      expect(asked).toEqual([]);
      expect(html).not.toContain("<script>");
    },
  );
});
