import { describe, expect, it } from "vitest";
import { type Field, readCorrection } from "../../flows/form.ts";

const field = (name: string, label: string, aliases: string[] = []): Field<object> => ({
  name,
  label,
  aliases,
  isMissing: () => false,
  ask: () => [],
  read: async () => ({ kind: "pass" }),
  show: () => undefined,
});
const fields = [field("place", "地点", ["地址"]), field("contact", "联系方式", ["电话"]), field("occurredAt", "时间")];

describe("核对时的更正", () => {
  it.each([
    ["地点改成望京西园四区", "place", "望京西园四区"],
    ["把地址改为海淀区中关村", "place", "海淀区中关村"],
    ["不对，地点是三单元", "place", "三单元"],
    ["电话：010-66668888", "contact", "010-66668888"],
    ["时间应该是昨晚11点。", "occurredAt", "昨晚11点"],
    ["改地点", "place", undefined],
    ["修改电话", "contact", undefined],
    ["时间错了", "occurredAt", undefined],
    ["地点", "place", undefined],
  ])("%s", (text, name, value) => {
    const correction = readCorrection(fields, text);
    expect(correction?.field.name).toBe(name);
    expect(correction?.value).toBe(value);
  });

  it.each(["那个地点晚上没有灯", "时间长了会塌", "打电话没人接", "确认"])("“%s”是内容，不是更正", (text) => {
    expect(readCorrection(fields, text)).toBeUndefined();
  });
});
