import { afterAll, describe, expect } from "vitest";
import { readConfig } from "../../server/config.ts";
import { languageModel } from "../../server/language-model.ts";
import { type ModelMood, type ModelServer, openModelServer } from "../fakes/model-server.ts";
import { bot, check, citizen, never, transcript, withHouse } from "./transcript.ts";

let server: ModelServer;
withHouse({
  async model() {
    server = await openModelServer();
    return languageModel(readConfig({ OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: "small" })).model;
  },
});
afterAll(() => server.close());

const WAYS = "可通过京通小程序、“北京人社”线上渠道，或到街道（乡镇）政务服务中心办理，咨询12333。";
const says = (mood: ModelMood) => {
  server.otherwise = mood;
};
const sentence = (text: string): ModelMood => ({ kind: "answer", answer: { sentences: [{ text, passage: 1 }] } });

describe("有语言模型时，政策问答", () => {
  transcript("模型只从原文挑出回答的句子，原文和依据都在下面", [
    check(() => says(sentence(WAYS))),
    citizen("被公司辞退后，满足什么条件可以领失业金？"),
    bot(/^可通过京通小程序[^\n]*咨询12333。\n\n原文：“同时满足三条[\s\S]*咨询12333。”\n\n依据：《/),
  ]);

  transcript("模型说了原文没有的话：照旧给原文", [
    check(() => says(sentence("只要被辞退就能领失业金，每月3000元。"))),
    citizen("被公司辞退后，满足什么条件可以领失业金"),
    bot(/^同时满足三条[\s\S]*依据：《/),
    never(/3000|原文：/),
  ]);

  transcript("没有把握的问题不问模型", [
    check(() => {
      server.asked = [];
    }),
    citizen("提问政策"),
    citizen("红烧肉怎么做才好吃"),
    bot(/不敢随便答/),
    check(() => expect(server.asked).toEqual([])),
  ]);
});
