import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Content, isSame, lacks } from "../../../knowledge/life/content.ts";
import { diffContent } from "../../../knowledge/life/diff.ts";
import { type Deed, knowledgeRoles, permission } from "../../../knowledge/life/permission.ts";
import { isInHand, stateAfter, type VersionDeed, versionStates } from "../../../knowledge/life/states.ts";
import { diffText } from "../../../knowledge/life/text-diff.ts";

const content: Content = {
  id: "a",
  question: "失业金能领几个月？",
  text: "最长二十四个月。到社保所申领。",
  similar: ["失业金领多久"],
  source: { title: "失业保险条例" },
};

describe("the states of a version", () => {
  it("goes from draft by review to published, and back to draft when it is rejected", () => {
    expect(stateAfter("draft", "submit")).toBe("review");
    expect(stateAfter("review", "approve")).toBe("approved");
    expect(stateAfter("approved", "publish")).toBe("published");
    expect(stateAfter("approved", "schedule")).toBe("scheduled");
    expect(stateAfter("scheduled", "unschedule")).toBe("approved");
    for (const state of ["review", "approved", "scheduled"] as const) expect(stateAfter(state, "reject")).toBe("draft");
  });

  it("lets nothing that is over or unseen become published", () => {
    for (const state of ["draft", "published", "superseded", "withdrawn", "expired", "aside"] as const) {
      expect(stateAfter(state, "publish")).toBeUndefined();
      expect(stateAfter(state, "schedule")).toBeUndefined();
    }
  });

  it("ends in a known state, whatever is done to whatever", () => {
    const deeds: VersionDeed[] = ["submit", "approve", "reject", "publish", "schedule", "unschedule"];
    for (const state of versionStates) {
      for (const deed of deeds) expect([undefined, ...versionStates]).toContain(stateAfter(state, deed));
    }
    expect(versionStates.filter(isInHand)).toEqual(["draft", "review", "approved"]);
  });
});

describe("who may", () => {
  const deeds: Deed[] = [
    "save",
    "submit",
    "approve",
    "reject",
    "publish",
    "schedule",
    "unschedule",
    "withdraw",
    "correct",
  ];
  const allowed = (role: (typeof knowledgeRoles)[number], writers: string[] = []) =>
    deeds.filter((deed) => permission({ username: "wang", role }, deed, writers).kind === "allowed");

  it("each role may what those before it may", () => {
    expect(allowed("editor")).toEqual(["save", "submit"]);
    expect(allowed("reviewer")).toEqual(["save", "submit", "approve", "reject"]);
    expect(allowed("publisher")).toEqual(deeds);
    expect(allowed("admin")).toEqual(deeds);
  });

  it("nobody approves or publishes what they wrote at, an administrator neither", () => {
    for (const role of knowledgeRoles) {
      for (const deed of ["approve", "publish", "schedule"] as const) {
        expect(permission({ username: "wang", role }, deed, ["li", "wang"]).kind).toBe("refused");
      }
    }
    expect(permission({ username: "wang", role: "admin" }, "publish", ["wang"])).toMatchObject({ own: true });
    expect(permission({ username: "wang", role: "editor" }, "publish", ["wang"])).toMatchObject({ own: false });
  });
});

describe("what a version lacks", () => {
  it("lacks nothing when it is whole", () => {
    expect(lacks(content, "2026-11-27")).toEqual([]);
    expect(lacks({ id: "d", title: "一份文件", text: "全文", similar: [] }, "2026-11-27")).toEqual([]);
  });

  it("names each thing that is missing or cannot be", () => {
    expect(lacks({ id: "e", text: " ", similar: [] }, "2026-11-27")).toEqual(["question", "text"]);
    expect(lacks({ ...content, source: undefined }, "2026-11-27")).toEqual(["source"]);
    expect(lacks({ ...content, validFrom: "2026-12-02", validTo: "2026-12-01" }, "2026-11-27")).toEqual(["dates"]);
    expect(lacks({ ...content, validTo: "2026-11-26" }, "2026-11-27")).toEqual(["past"]);
    expect(lacks({ ...content, validTo: "2026-11-27" }, "2026-11-27")).toEqual([]);
    expect(lacks({ ...content, tests: [{ question: " ", expect: "this" }] }, "2026-11-27")).toEqual(["tests"]);
  });

  it("two versions are the same whatever the order of their fields", () => {
    const { id, text, ...rest } = content;
    expect(isSame(content, { text, ...rest, id })).toBe(true);
    expect(isSame(content, { ...content, similar: [] })).toBe(false);
  });
});

describe("differences", () => {
  it("shows a changed figure inside its sentence, and what stayed around it", () => {
    expect(diffText("一是证件。最长24个月。到社保所。", "一是证件。最长12个月。到社保所。")).toEqual([
      { kind: "same", text: "一是证件。最长" },
      { kind: "removed", text: "24" },
      { kind: "added", text: "12" },
      { kind: "same", text: "个月。到社保所。" },
    ]);
  });

  it("makes both texts again from its pieces, whatever they are", () => {
    const words = fc.array(fc.constantFrom("甲", "乙", "。", "12", "3", "\n", "😀", "a"), { maxLength: 40 });
    fc.assert(
      fc.property(words, words, (before, now) => {
        const pieces = diffText(before.join(""), now.join(""));
        const without = (kind: string) => pieces.flatMap((each) => (each.kind === kind ? [] : [each.text])).join("");
        expect(without("added")).toBe(before.join(""));
        expect(without("removed")).toBe(now.join(""));
      }),
    );
  });

  it("shows two long texts that have nothing in common whole, at once", () => {
    const [before, now] = ["甲乙".repeat(20_000), "丙丁".repeat(20_000)];
    expect(diffText(before, now)).toEqual([
      { kind: "removed", text: before },
      { kind: "added", text: now },
    ]);
  });

  it("names every field that differs", () => {
    const changed: Content = {
      ...content,
      text: "最长十二个月。到社保所申领。",
      similar: ["失业金领几个月"],
      source: { title: "失业保险条例", article: "第十七条" },
      owner: "市人力社保局",
      tests: [{ question: "失业金", expect: "this" }],
      demonstration: true,
    };
    const fields = diffContent(content, changed);
    expect(fields.map(({ field }) => field)).toEqual([
      "text",
      "owner",
      "similar",
      "source.article",
      "tests",
      "demonstration",
    ]);
    expect(fields.find(({ field }) => field === "similar")).toEqual({
      field: "similar",
      kind: "list",
      removed: ["失业金领多久"],
      added: ["失业金领几个月"],
    });
    expect(diffContent(content, content)).toEqual([]);
  });
});
