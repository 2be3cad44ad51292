import { expect } from "vitest";
import { another, bot, citizen, type Line, pickClassIfAsked, press, type Talk, unit } from "./transcript.ts";

/** Everything from the first words to the number. */
export const filesAs = (words: string, contact: string): Line[] => [
  citizen(words),
  pickClassIfAsked,
  citizen(contact),
  citizen("确认提交"),
  bot(/受理编号 \d{14}/),
];

/** The first of the neighbours. */
export const ouyangFiles = another(
  "欧阳女士",
  filesAs("望京西园四区北门外路面积水好几天了，我妈昨天滑倒了，希望尽快排水", "欧阳女士 13800000001"),
);

/** The same matter in other words, up to the question. */
export const liTells: Line[] = [
  citizen("望京西园四区北门这里路面积水没人抽，老人孩子没法走"),
  pickClassIfAsked,
  bot(/附近已有 1 位居民反映过类似的事（望京街道，路面积水，\d+月\d+日起），已由望京街道办事处办理/),
];

/** And joins. */
export const liJoins: Line[] = [
  ...liTells,
  press("加入"),
  bot(/加入这一件[\s\S]*称呼和电话/),
  citizen("李先生 13900000002"),
  bot(/请核对[\s\S]*工单：加入附近已有的工单（另有 1 位居民反映）/),
  citizen("确认提交"),
  bot(/已加入工单 \d{14}（2 人反映），承办单位：望京街道办事处/),
];

/** The newest ticket of a talk, as the desk has it. */
export const deskTicket = ({ house, numbers }: Talk) => {
  const found = house.desk?.ticket(numbers.at(-1) ?? "");
  if (!found) expect.fail("there is no such ticket at the desk");
  return found;
};

/** All that the bot has said. */
export const everything = (talk: Talk): string => JSON.stringify(talk.heard);

/** What a staff member does with the ticket of another citizen. */
export const unitOf = (name: string, step: "accept" | "reply" | "close", text?: string): Line =>
  another(name, [unit(step, text)]);
