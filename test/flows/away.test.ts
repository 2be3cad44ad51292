import { expect, it } from "vitest";
import { accountMenu, noticeField } from "../../flows/index.ts";

const at = new Date("2026-03-01T08:05:00+08:00");

it("模板的每一项都填得下：名字说明长短", () => {
  expect(noticeField("character_string1", "20260301000001", at)).toBe("20260301000001");
  expect(noticeField("time3", "1", at)).toBe("2026年03月01日 08:05");
  expect(noticeField("phrase4", "1", at)?.length).toBeLessThanOrEqual(5);
  for (const field of ["thing2", "first", "keyword1", "remark"]) {
    expect(noticeField(field, "1", at)?.length, field).toBeLessThanOrEqual(20);
  }
});

it("填不了的项不乱填", () => {
  expect(noticeField("amount1", "1", at)).toBeUndefined();
  expect(noticeField("character_string1", "编号一", at)).toBeUndefined();
  expect(noticeField("character_string1", "1".repeat(33), at)).toBeUndefined();
});

it("菜单合平台的规矩：三个一级，每个四个字以内；二级五个以内，给网页版留一个", () => {
  expect(accountMenu.first.length).toBeLessThanOrEqual(2);
  for (const { label } of [...accountMenu.first, accountMenu.more]) expect(label.length).toBeLessThanOrEqual(4);
  expect(accountMenu.more.entries.length).toBeLessThanOrEqual(4);
  for (const { label, key } of accountMenu.more.entries) {
    expect(Buffer.byteLength(label)).toBeLessThanOrEqual(60);
    expect(Buffer.byteLength(key)).toBeLessThanOrEqual(128);
  }
});
