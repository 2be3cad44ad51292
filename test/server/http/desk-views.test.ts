import { describe, expect, it } from "vitest";
import type { Ticket } from "../../../server/desk/ticket.ts";
import { detailView } from "../../../server/http/desk/views.ts";

const TICKET: Ticket = {
  number: "20261127000001",
  source: "bot",
  kind: "complaint",
  categoryPath: ["市场监管", "消费", "退费"],
  catalogueVersion: "v",
  unit: { id: "u", name: "某区市场监督管理局" },
  way: "direct",
  grade: "7d",
  state: "dispatched",
  confidential: false,
  urges: 0,
  voices: 1,
  createdAt: "2026-11-27T00:00:00.000Z",
  updatedAt: "2026-11-27T00:00:00.000Z",
  dueAt: "2026-12-04T00:00:00.000Z",
  body: {
    requestId: "r",
    description: "健身房关门不退钱",
    evidence: [],
    occurredAt: "上周二",
    period: { from: "2026-11-17T00:00:00+08:00", to: "2026-11-18T00:00:00+08:00" },
    facts: [
      { kind: "amount", text: "三千五百块", value: "3500" },
      { kind: "plate", text: "京A12345", value: "京A12345" },
    ],
    company: { name: "某某公司" },
  },
};

const NOW = new Date("2026-11-27T01:00:00Z");

describe("工单页上的要点", () => {
  it("日期、企业、金额、车牌各成一行，原话怎么写就怎么写", () => {
    const { details } = detailView({ role: "admin", name: "管理员" }, { ticket: TICKET, events: [], joiners: [] }, NOW);
    expect(details).toEqual([
      { label: "折算日期", value: "11月17日 00:00 至 11月18日 00:00" },
      { label: "企业名称", value: "某某公司" },
      { label: "信用代码", value: "待补" },
      { label: "金额", value: "三千五百块" },
      { label: "车牌号", value: "京A12345" },
    ]);
  });

  it("没有要点就没有这些行", () => {
    const plain = { ...TICKET, body: { requestId: "r", description: "路灯坏了", evidence: [] } };
    expect(
      detailView({ role: "admin", name: "管理员" }, { ticket: plain, events: [], joiners: [] }, NOW).details,
    ).toEqual([]);
  });
});
