import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Choice, ConversationRef, GeoPoint, InboundContent, OutboundMessage } from "../../bots/model/index.ts";
import type { House } from "../../server/house.ts";
import type { Button, Payload, Platform } from "./platforms/platform.ts";

/** How a citizen picks: presses what can be pressed, types the number, or types the words. */
export type Way = "press" | "number" | "words";

/** One thing that a citizen does, in no platform's terms. */
export type Step = { say: string } | { choose: RegExp } | { place: GeoPoint };

export interface Record {
  /** What the conversation is after each step, without what differs by nature: ids, times, the channel. */
  states: unknown[];
  /** What the bot said in each step, likewise. */
  said: unknown[];
  request: unknown;
}

const squeezed = (text: string): string => text.replace(/\s+/g, "");

/** The choices of a turn that a citizen cannot find on the screen: neither as a button that means them nor as a line to answer. */
export function lostChoices(platform: Platform, turn: OutboundMessage[], payloads: Payload[]): Choice[] {
  const choices = turn.flatMap((message) => ("choices" in message ? message.choices : []));
  const buttons = payloads.flatMap((payload) => payload.buttons);
  const words = squeezed(payloads.map((payload) => payload.words).join("\n"));
  const means = (button: Button, { id, label }: Choice): boolean => {
    const content = platform.read({ kind: "press", button }, choices);
    if (button.label !== label || content === undefined) return false;
    // A button that types its words for the citizen.
    return content.kind === "choice" ? content.choiceId === id : content.kind === "text" && content.text === label;
  };
  return choices.filter((choice) => {
    const { label, number } = choice;
    const line = number === undefined ? `可以回复“${label}”` : `${number}. ${label}`;
    return !buttons.some((button) => means(button, choice)) && !words.includes(squeezed(line));
  });
}

/** All words of a message are on the screen, white space aside. */
export function lostWords(turn: OutboundMessage[], payloads: Payload[]): string[] {
  const screen = squeezed(payloads.map(({ words }) => words).join("\n"));
  const said = turn.flatMap((message) => {
    if (message.kind === "card") return [message.title, ...message.rows.map(({ value }) => value), message.text];
    return [message.text];
  });
  return said.filter((words) => !screen.includes(squeezed(words)));
}

export interface Told {
  house: House;
  platform: Platform;
  way: Way;
  /** What the conversation was told so far. */
  saidIn(ref: ConversationRef): OutboundMessage[];
}

/** Plays the steps over one platform: every deed goes through its update, every answer through its payload. */
export async function play(steps: Step[], { house, platform, way, saidIn }: Told): Promise<Record> {
  const id = randomUUID();
  const ref: ConversationRef = { channel: platform.channel, conversationId: id, userId: id };
  // Nobody is offered what was filed over another platform.
  house.database.raw.prepare("UPDATE requests SET is_offered = 0").run();
  const record: Record = { states: [], said: [], request: undefined };
  let turn: OutboundMessage[] = [];
  for (const step of steps) {
    const { offered } = (await house.store.loadConversation(ref)).state;
    const content = contentOf(step, { platform, way, turn, offered });
    expect(
      content,
      `${platform.name}: ${Object.values(step).map(String).join()} cannot be done or is not understood`,
    ).toBeDefined();
    const before = saidIn(ref).length;
    await house.receive({ id: randomUUID(), from: ref, sentAt: new Date(), content: content as InboundContent });
    await house.idle();
    turn = saidIn(ref).slice(before);
    const payloads = platform.payloads(turn);
    expect(
      payloads.flatMap(({ faults }) => faults),
      `${platform.name}: limits`,
    ).toEqual([]);
    expect(lostChoices(platform, turn, payloads), `${platform.name}: lost choices`).toEqual([]);
    expect(lostWords(turn, payloads), `${platform.name}: lost words`).toEqual([]);
    record.states.push(comparable((await house.store.loadConversation(ref)).state));
    record.said.push(comparable(turn));
  }
  const [ticket] = await house.store.ticketsOf(ref, 1);
  const request = ticket && (await house.store.loadRequest(ticket.requestId));
  record.request = request && comparable({ ...request, from: undefined });
  return record;
}

interface Situation {
  platform: Platform;
  way: Way;
  turn: OutboundMessage[];
  offered: Choice[];
}

function contentOf(step: Step, situation: Situation): InboundContent | undefined {
  const { platform, offered } = situation;
  if ("say" in step) return platform.read({ kind: "say", text: step.say }, offered);
  if ("place" in step) return platform.read({ kind: "place", point: step.place }, offered);
  return chosen(step.choose, situation);
}

/** As a citizen picks who sees the screen only: a button, else the number of the line, else the words. */
function chosen(label: RegExp, { platform, way, turn, offered }: Situation): InboundContent | undefined {
  const payloads = platform.payloads(turn);
  const button = payloads.flatMap(({ buttons }) => buttons).find((each) => label.test(each.label));
  if (way === "press" && button) return platform.read({ kind: "press", button }, offered);
  const words = payloads.map((payload) => payload.words).join("\n");
  const shown = [...words.matchAll(/^(\d+)\. (.+)$/gmu)].find(([, , line = ""]) => label.test(line));
  const known = turn
    .flatMap((message) => ("choices" in message ? message.choices : []))
    .find((each) => label.test(each.label));
  // Beside buttons no number is shown; who counts them types the same.
  const number = shown?.[1] ?? (button && known?.number?.toString());
  const typed = way === "words" || number === undefined ? (button?.label ?? known?.label) : number;
  return typed === undefined ? undefined : platform.read({ kind: "say", text: typed }, offered);
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})|\d+月\d+日 \d+:\d+/g;

/** The same for two conversations that mean the same. Points are compared to a metre: WeChat's map is another one. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "number" && !Number.isInteger(each) ? Number(each.toFixed(5)) : each,
  );
  return JSON.parse(
    text
      .replaceAll(ID, "id")
      .replaceAll(TIME, "time")
      .replaceAll(/\d{14}/g, "number"),
  );
}
