import { describe, expect, it } from "vitest";
import { hidePhones, readContact } from "../../../flows/intake/contact.ts";

describe("从一句话里读称呼和电话", () => {
  it.each([
    ["王女士 13800000000", "王女士", "13800000000"],
    ["我叫张三，电话138 0000 0001", "张三", "13800000001"],
    ["13800000002 李四", "李四", "13800000002"],
    ["１３８００００００００ 赵六", "赵六", "13800000000"],
    ["我姓欧阳，手机１３８０００００００４", "欧阳", "13800000004"],
    ["联系人：古丽·买买提，+86 138-0000-0005", "古丽·买买提", "13800000005"],
    ["座机010-66668888，找陈师傅", undefined, "01066668888"],
    ["Tom Smith 13800000006", "Tom Smith", "13800000006"],
    ["66668888", undefined, "66668888"],
    ["张三", "张三", undefined],
    ["司马相如", "司马相如", undefined],
  ])("%s", (text, name, phone) => {
    const read = readContact(text);
    expect(read.phone).toBe(phone);
    if (name !== undefined) expect(read.name).toBe(name);
  });

  it.each([
    "没人管",
    "很危险",
    "路灯坏了",
    "太吵了",
    "不知道",
    "为什么",
    "昨天有个老人滑倒了",
    "什么时候能修",
    "确认",
    "好的",
  ])("“%s”不是名字", (text) => {
    expect(readContact(text).name).toBeUndefined();
  });

  it.each([
    ["1380000000", 10],
    ["138000000001", 12],
  ])("号码位数不对会数出来：%s", (text, digits) => {
    expect(readContact(text)).toMatchObject({ wrongDigits: digits });
  });

  it.each(["匿名", "不留", "不方便", "不同意", "跳过"])("“%s”是不留", (text) => {
    expect(readContact(text).declines).toBe(true);
  });

  it("隐去描述里的每一个号码", () => {
    expect(hidePhones("打了13800000000和010-66668888都没人接", "（隐）")).toBe("打了（隐）和（隐）都没人接");
  });
});
