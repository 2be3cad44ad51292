import type { Flow } from "../../bots/flow.ts";
import type { InboundMessage, OutboundMessage } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { oneTurnFlow } from "../one-turn.ts";
import { guideWords } from "../text/guide.ts";
import { createUnclearFlow } from "./unclear.ts";

/** A flow that says one thing and ends: welcome, help, small talk. */
const singleReply = (name: string, reply: (message: InboundMessage) => OutboundMessage[]): Flow<null> =>
  oneTurnFlow(name, async (ctx, message) => ({ next: "done", say: withoutButtons(reply(message), ctx.digression) }));

/** In the middle of a form the ways to start something else would only distract. */
const withoutButtons = (say: OutboundMessage[], digression: boolean): OutboundMessage[] =>
  digression ? say.map((each) => ({ kind: "text", text: each.text })) : say;

const SMALL_TALK: [RegExp, () => OutboundMessage[]][] = [
  [/谢谢|多谢|感谢|辛苦|麻烦了|谢了|thank/i, guideWords.thanks],
  [/再见|拜拜|回见|bye/i, guideWords.farewell],
  [/你是谁|你是什么|你叫|机器人|真人|你能(做|干)|你会(做|干)?什么/, guideWords.whoAreYou],
  [/你好|您好|在吗|在么|早上好|上午好|中午好|下午好|晚上好|早安|晚安|hello|hi|hey|哈[喽啰罗]/i, guideWords.greeting],
];

const textOf = (message: InboundMessage): string => (message.content.kind === "text" ? message.content.text : "");

/** Insults are not returned; they are noted for people to look at, by their kind and without the words. */
const createCalmFlow = (): Flow<null> =>
  oneTurnFlow("calm", async (ctx) => ({
    next: "done",
    say: withoutButtons(guideWords.calm(), ctx.digression),
    effects: [{ kind: "record", what: "abuse", detail: (await ctx.reading())?.abuse ?? "insult" }],
  }));

export function createGuideFlows(): Flow<null>[] {
  return [
    singleReply("welcome", guideWords.welcome),
    singleReply("help", guideWords.help),
    singleReply("small-talk", (message) => {
      const said = commandForm(textOf(message));
      return (SMALL_TALK.find(([pattern]) => pattern.test(said))?.[1] ?? guideWords.other)();
    }),
    createUnclearFlow(),
    createCalmFlow(),
  ];
}
