import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Books, readBooks } from "./crash-books.ts";
import { type Chance, createChance } from "./crash-chance.ts";
import { type Citizen, liveAsCitizen } from "./crash-citizen.ts";
import { openLine, readAll, type Seen } from "./crash-line.ts";
import { createServerOf, freePort, type Life } from "./crash-server.ts";

const CITIZENS = 60;
const MESSAGES = 2_000;
const KILLS = 16;
/** CRASH_SEED repeats the citizens' words and the times between the kills; what a kill hits remains chance. */
const seed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 2 ** 31));
const secretKey = "the same key through all the lives of the server";
const FILED = /登记成功，受理编号 (\d{14})/;
const DISPATCHED = /^(\d{14}) 已派给/;
const LONGEST_QUIET_MS = 120_000;
const LONGEST_LIFE_MS = 10_000;

let dataDir: string;
let life: Life | undefined;
let books: Books;
let kills = 0;
let startedAt: number;
let lastKillAt: number;
let settledAt: number;
const citizens: Citizen[] = [];
const logs = new Map<Citizen, Seen[]>();

const acknowledged = () => citizens.reduce((sum, { said }) => sum + said.length, 0);
const confirmed = () => citizens.reduce((sum, citizen) => sum + citizen.confirmed, 0);

/**
 * Kills the server again and again, now while it starts, now in full work, and leaves one life that goes on. How long a life
 * lasts is counted in messages rather than in time, so that a slow machine gets as much done in it as a fast one.
 */
async function killOften(server: { start(): Life }, chance: Chance): Promise<void> {
  while (acknowledged() < MESSAGES || kills < KILLS) {
    life ??= server.start();
    if (chance.next() < 0.2) await sleep(chance.between(100, 1_500));
    else await letWork(life, chance);
    await life.kill();
    life = undefined;
    lastKillAt = Date.now();
    kills += 1;
  }
  life = server.start();
  await life.ready;
}

async function letWork({ ready }: Life, chance: Chance): Promise<void> {
  await ready;
  const enough = acknowledged() + chance.between(40, 280);
  const deadline = Date.now() + LONGEST_LIFE_MS;
  while (acknowledged() < enough && Date.now() < deadline) await sleep(5);
  await sleep(chance.between(0, 40));
}

async function comeIn(url: string, index: number): Promise<Citizen> {
  const line = await openLine({ url, address: `10.12.${Math.floor(index / 250)}.${(index % 250) + 1}` });
  const citizen = { line, said: [], confirmed: 0 };
  citizens.push(citizen);
  return citizen;
}

/** News takes its own way: it may come after the last reply. */
async function readWhenTold(citizen: Citizen): Promise<Seen[]> {
  const deadline = Date.now() + LONGEST_QUIET_MS;
  for (;;) {
    const all = await readAll(citizen.line);
    const told = botWords(all).filter((text) => DISPATCHED.test(text)).length;
    const answered = citizen.said.every(({ activityId }) => all.some(({ replyToId }) => replyToId === activityId));
    if ((told >= citizen.confirmed && answered) || Date.now() > deadline) return all;
    await sleep(200);
  }
}

const botWords = (log: Seen[]) => log.filter(({ from }) => from.role === "bot").map(({ text }) => text ?? "");
const logOf = (citizen: Citizen) => logs.get(citizen) ?? [];
const numbersIn = (log: Seen[], pattern: RegExp) => botWords(log).flatMap((text) => pattern.exec(text)?.[1] ?? []);
const sorted = (list: readonly string[]) => [...list].sort();

beforeAll(async () => {
  startedAt = Date.now();
  dataDir = mkdtempSync(join(tmpdir(), "jiesu-crash-"));
  const port = await freePort();
  const server = createServerOf({ dataDir, port, secretKey });
  const chance = createChance(seed);
  let enough = false;
  life = server.start();
  await life.ready;
  const lives = Array.from({ length: CITIZENS }, async (_, index) => {
    const own = chance.fork();
    const citizen = await comeIn(`http://127.0.0.1:${port}`, index);
    await liveAsCitizen(citizen, own, () => enough);
  });
  const killing = killOften(server, chance.fork()).finally(() => {
    enough = true;
  });
  await Promise.all([killing, ...lives]);
  await Promise.all(citizens.map(async (citizen) => logs.set(citizen, await readWhenTold(citizen))));
  settledAt = Date.now();
  expect(await life.stop()).toBe(0);
  life = undefined;
  books = readBooks(dataDir, secretKey);
}, 480_000);

afterAll(async () => {
  await life?.kill();
  rmSync(dataDir, { recursive: true, force: true });
  const lost = acknowledged() - new Set(books?.inbound).size;
  const figures = {
    seed,
    citizens: citizens.length,
    kills,
    messages: acknowledged(),
    resent: citizens.reduce((sum, { line }) => sum + line.resent(), 0),
    confirmed: confirmed(),
    tickets: books?.tickets.length,
    lost,
    doubled: (books?.inbound.length ?? 0) - new Set(books?.inbound).size,
    "seconds from the last kill to the last news": Math.round((settledAt - lastKillAt) / 1000),
    seconds: Math.round((Date.now() - startedAt) / 1000),
  };
  process.stdout.write(
    `crash: ${Object.entries(figures)
      .map((pair) => pair.join(" "))
      .join(", ")}\n`,
  );
});

describe("服务被反复强行终止之后", () => {
  it("确实终止了许多次，也确实有许多消息和诉求", () => {
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(acknowledged()).toBeGreaterThanOrEqual(MESSAGES);
    expect(confirmed()).toBeGreaterThanOrEqual(100);
  });

  it("收下的每一条消息都在对话记录里，恰好一次，编号和收下时说的一样", () => {
    for (const citizen of citizens) {
      const echoes = logOf(citizen).filter(({ from }) => from.role === "user");
      const seen = echoes.map(({ id, text, channelData }) => [channelData?.clientActivityID, text, id]);
      expect(seen).toEqual(citizen.said.map(({ key, text, activityId }) => [key, text, activityId]));
    }
  });

  it("收下的每一条消息都处理过，恰好一次", () => {
    const keys = citizens.flatMap(({ line, said }) => said.map(({ key }) => `${line.conversationId}|${key}`));
    expect(sorted(books.inbound)).toEqual(sorted(keys));
  });

  it("每一条消息都有回复，回复的次序和消息的次序一样", () => {
    for (const citizen of citizens) {
      const answered = logOf(citizen).flatMap(({ replyToId }) => replyToId ?? []);
      expect(new Set(answered)).toEqual(new Set(citizen.said.map(({ activityId }) => activityId)));
      expect(answered).toEqual(sorted(answered));
    }
  });

  it("要说的话没有一句没说，没有一句说了两遍，也没有一句多出来", () => {
    expect(books.unsettledJobs).toBe(0);
    expect(books.deadJobs).toBe(0);
    for (const citizen of citizens) {
      const { conversationId } = citizen.line;
      const kept = books.logKeys.get(conversationId) ?? [];
      const said = books.saidKeys.get(conversationId) ?? [];
      expect(said.filter((key) => kept.filter((each) => each === key).length !== 1)).toEqual([]);
      expect(kept).toHaveLength(logOf(citizen).length);
      // Beside the replies: of each request its number, and to whom it was dispatched.
      expect(kept).toHaveLength(citizen.said.length + said.length + 2 * citizen.confirmed);
    }
  });

  it("确认过的每一件诉求恰好有一个工单，受理编号恰好告诉一次，派给谁也恰好告诉一次", () => {
    for (const citizen of citizens) {
      const log = logOf(citizen);
      const requests = (books.requests.get(citizen.line.conversationId) ?? []).map(String);
      expect(requests).toHaveLength(citizen.confirmed);
      expect(sorted(numbersIn(log, FILED))).toEqual(sorted(requests));
      expect(sorted(numbersIn(log, DISPATCHED))).toEqual(sorted(requests));
    }
  });

  it("告诉过的每一个受理编号在派单系统里都有，派单系统里也没有多出来的", () => {
    const told = citizens.flatMap((citizen) => numbersIn(logOf(citizen), FILED));
    expect(sorted(told)).toEqual(sorted(books.tickets));
    expect(books.tickets).toHaveLength(confirmed());
  });
});
