import { describe, expect } from "vitest";
import { createFakeDispatch } from "../fakes/dispatch.ts";
import {
  another,
  bot,
  check,
  citizen,
  eventually,
  never,
  pickClassIfAsked,
  press,
  transcript,
  withHouse,
} from "./transcript.ts";

/** A city's own dispatch system that knows no joining. */
const dispatch = createFakeDispatch();
withHouse({ dispatch: () => dispatch });

const tell = (words: string) => [citizen(words), pickClassIfAsked];
const files = (words: string) => [
  ...tell(words),
  citizen("匿名提交"),
  citizen("确认提交"),
  eventually(/受理编号 \d{14}/),
];

describe("派单系统不支持加入", () => {
  transcript("邻居的同一件事不请人加入，各立各的", [
    another("欧阳女士", files("望京西园四区北门外路面积水好几天了，希望尽快排水")),
    ...tell("望京西园四区北门这里路面积水没人抽，老人孩子没法走"),
    never(/附近已有/),
    bot(/称呼和电话/),
  ]);

  transcript("自己反映过的照样可以催办，刚说的话随催办送到", [
    ...files("望京西园四区北门外路面积水好几天了，希望尽快排水"),
    ...tell("望京西园四区北门外路面积水还没排，水越来越深"),
    bot(/反映过类似的事：编号 \d{14}/),
    press("催办"),
    eventually(/催办已经送到承办单位/),
    check(({ numbers }) => {
      const act = dispatch.acts.at(-1);
      expect(act?.number).toBe(numbers[0]);
      expect(act?.action).toMatchObject({ kind: "urge", text: expect.stringContaining("水越来越深") as string });
    }),
  ]);
});
