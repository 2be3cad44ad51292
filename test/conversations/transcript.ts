import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConversationRef, InboundContent, OutboundMessage } from "../../bots/model/index.ts";
import type { DispatchClient } from "../../bots/ports.ts";
import { parseHours } from "../../flows/index.ts";
import { compose } from "../../server/compose.ts";
import type { ComposeOptions, House } from "../../server/house.ts";
import { createLogger } from "../../server/log.ts";
import { createListeningChannel, type ListeningChannel } from "../../server/simulation/listening-channel.ts";

/** One line of a conversation, or something that happens beside it. */
export type Line = (talk: Talk) => Promise<void>;

export interface Talk {
  house: House;
  from: ConversationRef;
  /** What the bot said since the citizen's last message, in order. */
  heard: OutboundMessage[];
  /** Position in `heard` up to which lines have been matched. */
  read: number;
  /** How much had been said when the citizen spoke last. */
  since: number;
  numbers: string[];
  /** Brings `heard` up to date with what has been said since. */
  listen(): Promise<void>;
  /** Other citizens of the same transcript, by name. */
  others: Map<string, Talk>;
}

const SILENT = createLogger("silent");

/** What a transcript says must not depend on the time of day it is run at. */
export const atAllHours = handoffSettings("Mon-Sun 00:00-24:00");

export function handoffSettings(hours: string): NonNullable<ComposeOptions["handoff"]> {
  const read = parseHours(hours);
  if ("fault" in read) throw new Error(read.fault);
  return { hours: read.hours, waitMs: 300_000, silentMs: 300_000, showNames: false };
}

let house: House | undefined;
let channel: ListeningChannel | undefined;

/** Opens one whole bot with starter data for the transcripts of a file. */
export function withHouse(
  options: { dispatch?: () => DispatchClient; model?: () => Promise<ComposeOptions["model"]> } & Pick<
    ComposeOptions,
    "handoff" | "clock"
  > = {},
): void {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "jiesu-talk-"));
    channel = createListeningChannel();
    const dispatch = options.dispatch?.();
    house = await compose({
      dataDir,
      secretKey: "k".repeat(40),
      log: SILENT,
      channels: () => [channel as ListeningChannel],
      handoff: options.handoff ?? atAllHours,
      ...(options.clock ? { clock: options.clock } : {}),
      ...(dispatch ? { dispatch: () => dispatch } : {}),
      model: await options.model?.(),
    });
    house.start();
  });
  afterAll(async () => {
    await house?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
}

/** A whole conversation as a test: each line is said or expected in turn. */
export function transcript(title: string, lines: Line[]): void {
  it(title, async () => {
    if (!house) throw new Error("call withHouse() at the top of the file");
    // Each transcript has the city to itself: nobody of it is told of what another transcript has filed.
    house.database.raw.prepare("UPDATE requests SET is_offered = 0").run();
    const talk = newTalk(house);
    for (const line of lines) await line(talk);
  });
}

function newTalk(house: House): Talk {
  const id = randomUUID();
  const from = { channel: "terminal" as const, conversationId: id, userId: id };
  const talk: Talk = {
    house,
    from,
    heard: [],
    read: 0,
    since: 0,
    numbers: [],
    listen: () => listen(talk),
    others: new Map(),
  };
  return talk;
}

/** Lines of another citizen, who is the same person each time they are named. */
export function another(name: string, lines: Line[]): Line {
  return async (talk) => {
    const other = talk.others.get(name) ?? newTalk(talk.house);
    talk.others.set(name, other);
    for (const line of lines) await line(other);
    await listen(other);
    await listen(talk);
  };
}

async function listen(talk: Talk): Promise<void> {
  await talk.house.idle();
  const all = channel?.said(talk.from.conversationId) ?? [];
  talk.heard = all;
  for (const number of all.flatMap((message) => message.text.match(/(?:受理编号|已加入工单) (\d{14})/)?.[1] ?? [])) {
    if (!talk.numbers.includes(number)) talk.numbers.push(number);
  }
}

/** The citizen says or sends something. What the bot said before counts as read. */
export function citizen(content: string | InboundContent, options: { id?: string } = {}): Line {
  return async (talk) => {
    await listen(talk);
    talk.read = talk.heard.length;
    talk.since = talk.heard.length;
    const said: InboundContent = typeof content === "string" ? { kind: "text", text: fill(talk, content) } : content;
    await talk.house.receive({ id: options.id ?? randomUUID(), from: talk.from, sentAt: new Date(), content: said });
    await listen(talk);
  };
}

/** `{number}` stands for the number of the citizen's last ticket. */
const fill = (talk: Talk, text: string): string => text.replaceAll("{number}", talk.numbers.at(-1) ?? "");

/** The next message of the bot that has not been matched reads so; in between there may be others. */
export function bot(pattern: RegExp): Line {
  return async (talk) => {
    const rest = talk.heard.slice(talk.read);
    const found = rest.findIndex((message) => pattern.test(wordsOf(message)));
    if (found < 0)
      expect.fail(`the bot never said ${pattern}; it said:\n${rest.map(wordsOf).join("\n---\n") || "(nothing)"}`);
    talk.read += found + 1;
  };
}

/** Sooner or later the bot says so by itself: what waits for another system comes when that system answers. */
export function eventually(pattern: RegExp): Line {
  return async (talk) => {
    await expect
      .poll(
        async () => {
          await listen(talk);
          return talk.heard.slice(talk.since).map(wordsOf);
        },
        { timeout: 15_000, interval: 50 },
      )
      .toContainEqual(expect.stringMatching(pattern));
  };
}

/** None of the bot's messages since the citizen's last one reads so. */
export function never(pattern: RegExp): Line {
  return async (talk) => {
    for (const message of talk.heard.slice(talk.since)) expect(wordsOf(message)).not.toMatch(pattern);
  };
}

/** Everything of a message that a citizen would see. */
function wordsOf(message: OutboundMessage): string {
  const choices =
    "choices" in message ? message.choices.map((choice) => `[${choice.number}. ${choice.label}]`).join(" ") : "";
  const rows =
    message.kind === "card"
      ? [message.title, ...message.rows.map(({ label, value }) => `${label}：${value}`)].join("\n")
      : "";
  const link = message.kind === "link" ? `${message.title} ${message.url}` : "";
  return [rows, message.text, choices, link].filter(Boolean).join("\n");
}

/** Presses a button by its label, as it was last offered. */
export function press(label: string): Line {
  return async (talk) => {
    await listen(talk);
    const offered = talk.heard.toReversed().flatMap((message) => ("choices" in message ? message.choices : []));
    const choice = offered.find((each) => each.label === label);
    if (!choice)
      expect.fail(`no button "${label}" was offered; there were ${offered.map((each) => each.label).join("、")}`);
    await citizen({ kind: "choice", choiceId: choice.id, label })(talk);
  };
}

/** Takes the first class of the catalogue where the bot is not sure of it; says nothing where it is. */
export const pickClassIfAsked: Line = async (talk) => {
  await listen(talk);
  const said = talk.heard.slice(talk.since);
  if (said.some(({ kind, text }) => kind === "choices" && /属于下面哪一类/.test(text))) await citizen("1")(talk);
};

export const location = (latitude: number, longitude: number, label?: string): InboundContent => ({
  kind: "location",
  point: { latitude, longitude, ...(label ? { label } : {}) },
});

export const photo = (text?: string): InboundContent => ({
  kind: "media",
  media: [{ id: randomUUID(), mediaType: "image", mimeType: "image/jpeg", sizeBytes: 1234, name: "现场.jpg" }],
  ...(text ? { text } : {}),
});

/** A handling unit works on the citizen's last ticket. */
export function unit(step: "accept" | "reply" | "close", text?: string): Line {
  return async (talk) => {
    const { desk } = talk.house;
    const number = talk.numbers.at(-1);
    if (!desk || !number) expect.fail("there is no ticket to work on");
    const outcome = await desk.handle({ role: "admin", name: "测试员" }, number, step, text);
    expect(outcome.kind).toBe("done");
    await listen(talk);
  };
}

/** Anything a test wants to look at in between. */
export const check =
  (look: (talk: Talk) => void | Promise<void>): Line =>
  async (talk) =>
    look(talk);
