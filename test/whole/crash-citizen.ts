import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "./crash-chance.ts";
import type { Line, Seen } from "./crash-line.ts";

/** A message that the server has acknowledged. */
export interface Said {
  key: string;
  text: string;
  activityId: string;
}

export interface Citizen {
  line: Line;
  said: Said[];
  /** How many requests this citizen has confirmed and been told that they are saved. */
  confirmed: number;
}

const SMALL_TALK = ["你好", "谢谢", "你是谁", "帮助"] as const;
const QUESTIONS = ["居住证怎么办", "医保报销需要什么材料", "公积金怎么提取", "老年卡在哪里办"] as const;
const MATTERS = [
  "路灯坏了半个月，晚上一片漆黑，没有人来修",
  "望京西园四区北门路面积水好几天了，走路都得绕，希望尽快排水",
  "楼下饭馆每天半夜还在放音乐，吵得孩子睡不着",
  "小区门口的垃圾桶三天没有清运，味道很大",
  "单元门口的井盖松了，老人走过去很危险",
] as const;
const PLACES = ["海淀区中关村街道科学院南路", "朝阳区望京街道南湖中园", "东城区景山街道沙滩后街"] as const;

/** What the form asks, and what a citizen writes then. The last one that was asked counts. */
const ANSWERS: { asked: RegExp; answer: (chance: Chance) => string }[] = [
  { asked: /属于下面哪一类/, answer: () => "1" },
  { asked: /发生在哪里|再具体一点吗/, answer: (chance) => chance.pick(PLACES) },
  { asked: /称呼和电话/, answer: () => "匿名" },
  { asked: /是否需要对您的身份保密/, answer: () => "不需要" },
  { asked: /请核对您的诉求/, answer: () => "确认提交" },
];
const SAVED = /您的诉求已经保存/;
const LONGEST_FORM = 10;
const LOOK_EVERY_MS = 90;
const LONGEST_WAIT_MS = 60_000;

/** Somebody who goes on talking until `enough` says so; what was begun is finished first. */
export async function liveAsCitizen(citizen: Citizen, chance: Chance, enough: () => boolean): Promise<void> {
  while (!enough()) {
    const mood = chance.next();
    if (mood < 0.2) await chatter(citizen, chance);
    else if (mood < 0.35) await converse(citizen, chance.pick(QUESTIONS));
    else await complain(citizen, chance);
    await sleep(chance.between(20, 250));
  }
}

/** Several messages in a row, without waiting for the answers. */
async function chatter(citizen: Citizen, chance: Chance): Promise<void> {
  for (let left = Math.ceil(chance.between(1, 4)); left > 0; left--) await tell(citizen, chance.pick(SMALL_TALK));
}

async function converse(citizen: Citizen, text: string): Promise<void> {
  await reply(citizen, await tell(citizen, text), () => true);
}

async function complain(citizen: Citizen, chance: Chance): Promise<void> {
  let text: string = chance.pick(MATTERS);
  for (let turn = 0; turn < LONGEST_FORM; turn++) {
    const words = await reply(citizen, await tell(citizen, text), isPrompt);
    if (words.some((each) => SAVED.test(each))) {
      citizen.confirmed += 1;
      return;
    }
    const asked = words.findLast((each) => promptOf(each));
    text = asked ? (promptOf(asked)?.answer(chance) ?? "") : "取消";
  }
  throw new Error(`the form did not end; the citizen wrote last: ${text}`);
}

const promptOf = (words: string) => ANSWERS.find(({ asked }) => asked.test(words));
const isPrompt = (words: string) => promptOf(words) !== undefined || SAVED.test(words);

async function tell(citizen: Citizen, text: string): Promise<Said> {
  const key = randomUUID();
  const said = { key, text, activityId: await citizen.line.say(key, text) };
  citizen.said.push(said);
  return said;
}

/** What the bot answers to one message, as soon as one of it is `awaited`. */
async function reply(citizen: Citizen, said: Said, awaited: (words: string) => boolean): Promise<string[]> {
  const deadline = Date.now() + LONGEST_WAIT_MS;
  const words: string[] = [];
  let watermark = placeOf(said.activityId);
  while (Date.now() < deadline) {
    const page = await citizen.line.read(watermark);
    watermark = page.watermark;
    words.push(...page.activities.filter(isReplyTo(said)).map(({ text }) => text ?? ""));
    if (words.some(awaited)) return words;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`message ${said.key} ("${said.text}") was answered with: ${words.join(" / ") || "nothing"}`);
}

const isReplyTo = (said: Said) => (seen: Seen) => seen.replyToId === said.activityId;

/** An activity's id ends in its place in the log, which is the watermark behind it. */
const placeOf = (activityId: string): string => String(Number(activityId.split("|").at(-1)));
