import { encrypt } from "@wecom/crypto";
import { expect, it } from "vitest";
import type { Change } from "../../fakes/weixin-callback.ts";
import type { Town } from "./town.ts";

/** What hostile tests say; none of it may be seen in a log. */
export const WORDS = "家住望京西园四区的张小明电话13912345678";
export const now = (): number => Math.floor(Date.now() / 1000);

type BadCase<C> = [name: string, status: number, change: C];

/** The callback address of a platform of WeChat's family, and who may post to it. */
interface Door<C> {
  town(): Town & { webhook: string };
  /** Posts a good message of a citizen, changed. */
  post(change: C): Promise<Response>;
  aesKey: string;
  receiver: string;
}

const bomb = `<!DOCTYPE x [${Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i} "&e${i - 1};&e${i - 1};">`).join("")}]><xml><Encrypt>&e19;</Encrypt></xml>`;
const foreign = `<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><Encrypt>&x;</Encrypt></xml>`;
const deep = `${"<a>".repeat(500)}${"</a>".repeat(500)}`;
const plain = `<xml><MsgType>text</MsgType><Content>${WORDS}</Content></xml>`;

/** The tests of bad input that all these platforms pass, and the cases that they share. */
export function hostileTo<C extends Change>({ town, post, aesKey, receiver }: Door<C>) {
  const seal = (text: string) => encrypt(aesKey, text, receiver);
  const broken = `<Encrypt>${seal(WORDS).slice(0, 60)}</Encrypt>`;
  const always: BadCase<Change>[] = [
    ["签名不对", 403, { signature: "0".repeat(40) }],
    ["五分钟以前的", 403, { timestamp: now() - 400 }],
    ["五分钟以后的", 403, { timestamp: now() + 600 }],
    ["实体炸弹", 400, { body: () => bomb }],
    ["外部实体", 400, { body: () => foreign }],
    ["空的", 400, { body: () => "" }],
    ["太深的 XML", 400, { body: () => deep }],
    ["五兆的", 413, { body: (body) => body + " ".repeat(5 * 1024 * 1024) }],
  ];
  /** Where every message is XML. */
  const xml: BadCase<Change>[] = [
    ["没有加密的", 403, { body: () => plain }],
    ["密文换了的", 403, { body: (body) => body.replace(/<Encrypt>.*<\/Encrypt>/s, broken) }],
    ["没写完的 XML", 400, { body: (body) => body.slice(0, -8) }],
    ["不是 XML", 400, { body: () => `{"Content":"${WORDS}"}` }],
  ];
  return {
    seal,
    xml,
    takesNothing: (own: BadCase<C | Change>[]) =>
      it.each([...always, ...own])("%s：%i，什么也没收下", async (_name, status, change) => {
        const before = town().taken();
        expect((await post(change as C)).status).toBe(status);
        expect(town().taken()).toBe(before);
      }),
    /** `postSealed` signs what is encrypted already. */
    refusesSealed: (postSealed: (encrypted: string) => Promise<Response>, insides: string[]) =>
      it("签了名但截断的密文，里面不是消息的密文：400", async () => {
        const statusOf = async (encrypted: string) => (await postSealed(encrypted)).status;
        for (const length of [1, 20, 44, 63])
          expect(await statusOf(seal(WORDS).slice(0, length)), `${length}`).toBe(400);
        for (const inside of insides) expect(await statusOf(seal(inside)), inside.slice(0, 60)).toBe(400);
      }),
    limitsKnocking: () =>
      it("乱敲门的，一分钟里太多就不理了；平台的消息不受影响", async () => {
        const statuses = new Set<number>();
        for (let count = 0; count < 130; count += 1) statuses.add((await fetch(`${town().webhook}?x=1`)).status);
        expect(statuses).toEqual(new Set([403, 429]));
        expect((await post({} as C)).status).toBe(200);
      }),
  };
}

/** A log that tells of refusals, and of nobody who was refused. */
export function expectDiscreet(logged: string, platform: string, secrets: string[]): void {
  expect(logged).toMatch(new RegExp(`${platform}.refused fault=bad-signature mend=`));
  for (const secret of [...secrets, "张小明", "13912345678", "望京", "token-"]) expect(logged).not.toContain(secret);
}

/** Where an address is verified in plain text, whatever the mode of messages. */
interface Verified {
  webhook: string;
  platform: { url(change?: Change): string };
}

export async function expectEcho({ platform }: Verified): Promise<void> {
  const response = await fetch(`${platform.url()}&echostr=5838479218127813673`);
  expect([response.status, await response.text()]).toEqual([200, "5838479218127813673"]);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
}

export async function expectNoEcho({ platform, webhook }: Verified): Promise<void> {
  const ask = async (url: string) => {
    const response = await fetch(`${url}&echostr=<script>`);
    return [response.status, await response.text()];
  };
  expect(await ask(platform.url({ signature: "0".repeat(40) }))).toEqual([403, ""]);
  expect(await ask(platform.url({ timestamp: now() - 301 }))).toEqual([403, ""]);
  expect(await ask(`${webhook}?x=1`)).toEqual([403, ""]);
}
