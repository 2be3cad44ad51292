import { describe, expect, it } from "vitest";
import { askedFor, audienceStanding, groupsOf } from "../../../../knowledge/policies/scope/audience.ts";

describe("what editors write for the audience", () => {
  it.each([
    ["企业", "企业"],
    ["法人", "企业"],
    ["自然人", "个人"],
    ["市民", "个人"],
    ["企业退休人员", "退休人员"],
    ["老年人、残疾人", "老年人 残疾人"],
    ["港澳台居民", "港澳台居民"],
  ])("“%s” is %s", (words, groups) => {
    expect(groupsOf(words)).toEqual(groups.split(" "));
  });

  it.each([undefined, "", "不限", "所有人", "个人、企业", "个人和法人"])("%s is everybody", (words) => {
    expect(groupsOf(words)).toBeUndefined();
  });
});

describe("for whom a question asks", () => {
  it.each([
    ["企业怎么申请稳岗返还", "企业"],
    ["我们公司怎么给员工开户", "企业"],
    ["作为用人单位要交什么材料", "企业"],
    ["个人怎么申请", "个人"],
    ["老人坐车免费吗", "老年人"],
  ])("“%s”: %s", (question, group) => {
    expect(askedFor(question, undefined)?.groups).toEqual([group]);
  });

  it.each(["我们公司不给交社保怎么办", "企业拖欠工资去哪投诉", "个人所得税怎么退", "公积金怎么提取"])(
    "“%s” does not say",
    (question) => {
      expect(askedFor(question, undefined)).toBeUndefined();
    },
  );

  it("is what was told before where the question does not say", () => {
    expect(askedFor("稳岗返还怎么申请", "企业")).toEqual({ groups: ["企业"], said: false });
    expect(askedFor("新员工怎么参保", "企业")?.groups).toEqual(["职工", "企业"]);
    expect(askedFor("个人怎么申请", "企业")).toEqual({ groups: ["个人"], said: true });
  });
});

describe("how an entry stands to it", () => {
  const standing = (audience: string | undefined, question: string, told?: string) =>
    audienceStanding(audience, askedFor(question, told));

  it("fits, is for all, is open, or is for others", () => {
    expect(standing("企业", "企业怎么申请")).toBe("fits");
    expect(standing(undefined, "企业怎么申请")).toBe("whole");
    expect(standing("企业", "怎么申请")).toBe("open");
    expect(standing("个人", "企业怎么申请")).toBe("other");
    expect(standing("企业", "个人怎么申请")).toBe("other");
  });

  it("takes the old and the young for persons, and excludes nobody who only came by the companies' entrance", () => {
    expect(standing("个人", "老人怎么申请")).toBe("fits");
    expect(standing("老年人", "个人怎么申请")).toBe("open");
    expect(standing("个人", "怎么申请", "企业")).toBe("open");
  });
});
