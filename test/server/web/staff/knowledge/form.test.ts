import { describe, expect, it } from "vitest";
import {
  contentOf,
  emptyForm,
  formOf,
  handInFaults,
  isSameForm,
  saveFaults,
  waysOf,
  withTheirs,
} from "../../../../../server/web/staff/knowledge/form.ts";
import type { Content } from "../../../../../server/web/staff/knowledge/model.ts";

const TODAY = "2026-03-02";
const CONTENT: Content = {
  question: "公共桑拿房几点开门？",
  text: "每天早上八点开门。",
  similar: ["桑拿房营业时间", "桑拿房什么时候开"],
  source: { title: "桑拿房管理办法", article: "第三条", checkedBy: "text", checkedOn: "2026-01-05" },
  validFrom: "2026-01-01",
  validTo: "2027-12-31",
  owner: "体育局",
  tests: [{ question: "桑拿几点开", expect: "this" }],
  demonstration: true,
};

describe("an entry in the editor", () => {
  it("goes into the form and out of it as it was", () => {
    expect(contentOf(formOf(CONTENT))).toEqual(CONTENT);
  });

  it("that is empty says nothing about its source", () => {
    expect(contentOf(emptyForm())).toEqual({ text: "", similar: [] });
  });

  it("has a way of asking a line, each once", () => {
    expect(waysOf(" 几点开 \n\n几点开\n何时开")).toEqual(["几点开", "何时开"]);
  });

  it("is the same while only blanks were typed", () => {
    const form = formOf(CONTENT);
    expect(isSameForm(form, { ...form, owner: " 体育局 ", similar: `${form.similar}\n\n` })).toBe(true);
    expect(isSameForm(form, { ...form, owner: "文旅局" })).toBe(false);
  });
});

describe("what is wrong", () => {
  it("with an address, a day, a way of asking that is too long, is said at that field", () => {
    const form = formOf(CONTENT);
    const wrong = {
      ...form,
      source: { ...form.source, url: "www.gov.cn" },
      validTo: "2025-12-31",
      similar: "问".repeat(501),
    };
    expect(Object.keys(saveFaults(wrong)).sort()).toEqual(["similar", "source.url", "validTo"]);
    expect(saveFaults(form)).toEqual({});
  });

  it("keeps a version from being handed in, but not from being saved", () => {
    const form = { ...emptyForm(), question: "几点开门" };
    expect(saveFaults(form)).toEqual({});
    expect(Object.keys(handInFaults(form, TODAY)).sort()).toEqual(["source.title", "text"]);
    expect(handInFaults({ ...formOf(CONTENT), validTo: "2026-03-01" }, TODAY)).toHaveProperty("validTo");
    expect(handInFaults(formOf(CONTENT), TODAY)).toEqual({});
  });

  it("is not the missing source of a document, which is its own", () => {
    expect(handInFaults({ ...emptyForm(), title: "桑拿房管理办法", text: "第一条" }, TODAY)).toEqual({});
  });
});

describe("what somebody else changed", () => {
  it("is taken over field by field, the rest stays mine", () => {
    const mine = { ...formOf(CONTENT), text: "我写的", owner: "文旅局" };
    const theirs: Content = { ...CONTENT, text: "他写的", source: { title: "新办法", article: "第五条" } };
    const change = (field: string) => ({ field, kind: "text" as const, pieces: [] });
    const taken = withTheirs(withTheirs(mine, change("text"), theirs), change("source.article"), theirs);
    expect(taken).toMatchObject({ text: "他写的", owner: "文旅局" });
    expect(taken.source).toMatchObject({ title: "桑拿房管理办法", article: "第五条" });
  });
});
