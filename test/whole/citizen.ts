import { randomUUID } from "node:crypto";

export interface SeenActivity {
  id: string;
  from: { id: string; role: "user" | "bot" };
  text?: string;
  replyToId?: string;
  suggestedActions?: { actions: { title: string; value: string }[] };
  attachments?: { contentType: string; contentUrl?: string; name?: string }[];
}

/** A citizen with a Direct Line client of their own, written from the protocol only. */
export interface Citizen {
  conversationId: string;
  token: string;
  cookie: string;
  /** Posts any body as an activity. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Says something and answers what the bot said after it, up to and with the message that `expected` fits. */
  say(text: string, expected?: RegExp): Promise<string>;
  /** Presses the button whose label it is in what the bot said last. */
  press(label: string, expected?: RegExp): Promise<string>;
  upload(name: string, bytes: Uint8Array, mimeType: string): Promise<Response>;
  /** All of the conversation. */
  activities(): Promise<SeenActivity[]>;
  /** What the bot says from now on, up to and with the message that `expected` fits. */
  hears(expected: RegExp, withinMs?: number): Promise<string>;
}

const WAIT_MS = 20_000;
const LOOK_AGAIN_MS = 40;
/** News of another city takes its time; the server allows only so many looks a minute. */
const PATIENT_MS = 500;

/** Opens the chat page's conversation; `name` is what the client calls its user. */
export async function createCitizen(url: string, name = "citizen"): Promise<Citizen> {
  const base = `${url}/v3/directline`;
  const generated = await fetch(`${base}/tokens/generate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ user: { id: name } }),
  });
  const { conversationId, token } = (await generated.json()) as { conversationId: string; token: string };
  const cookie = (generated.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const authorization = `Bearer ${token}`;
  const conversation = `${base}/conversations/${conversationId}`;
  let heard = 0;

  async function activities(): Promise<SeenActivity[]> {
    const response = await fetch(`${conversation}/activities`, { headers: { authorization } });
    if (response.status !== 200) throw new Error(`activities were answered with ${response.status}`);
    return ((await response.json()) as { activities: SeenActivity[] }).activities;
  }

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${conversation}/activities`, {
      method: "POST",
      headers: { authorization, "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  async function hears(expected: RegExp, withinMs = WAIT_MS): Promise<string> {
    const startedAt = Date.now();
    for (;;) {
      const waitedMs = Date.now() - startedAt;
      const all = await activities();
      const fresh = all.slice(heard);
      const index = fresh.findIndex((each) => each.from.role === "bot" && expected.test(each.text ?? ""));
      if (index >= 0) {
        heard += index + 1;
        return wordsOf(fresh.slice(0, index + 1));
      }
      if (waitedMs > withinMs) throw new Error(`never heard ${expected}, only:\n${wordsOf(fresh)}`);
      await new Promise((resolve) => setTimeout(resolve, waitedMs < 4_000 ? LOOK_AGAIN_MS : PATIENT_MS));
    }
  }

  async function sayActivity(body: object, expected: RegExp): Promise<string> {
    heard = (await activities()).length;
    const response = await post({ type: "message", from: { id: name }, ...body });
    if (response.status !== 200) throw new Error(`said in vain: ${response.status} ${await response.text()}`);
    return hears(expected);
  }

  return {
    conversationId,
    token,
    cookie,
    post,
    hears,
    activities,
    say: (text, expected = /./s) => sayActivity({ text, channelData: { clientActivityID: randomUUID() } }, expected),
    async press(label, expected = /./s) {
      const offered = (await activities()).flatMap((each) => each.suggestedActions?.actions ?? []);
      const action = offered.findLast((each) => each.title === label);
      if (!action) throw new Error(`no button "${label}" among ${offered.map((each) => each.title).join(", ")}`);
      return sayActivity({ text: action.value, channelData: { postBack: true } }, expected);
    },
    upload(fileName, bytes, mimeType) {
      const form = new FormData();
      form.append("file", new Blob([new Uint8Array(bytes)], { type: mimeType }), fileName);
      return fetch(`${conversation}/upload?userId=${name}`, { method: "POST", headers: { authorization }, body: form });
    },
  };
}

const wordsOf = (said: SeenActivity[]): string =>
  said
    .filter((each) => each.from.role === "bot")
    .map((each) => each.text ?? "")
    .join("\n");

/** From the first word to the ticket's number, the way people do it. */
export async function fileComplaint(citizen: Citizen, text: string, contact = "王女士 13912345678"): Promise<string> {
  await reachSummary(citizen, text, contact);
  const said = await citizen.say("确认提交", /受理编号 \d{14}/);
  return /受理编号 (\d{14})/.exec(said)?.[1] ?? "";
}

/** Answers whatever the form still asks, up to the summary. */
export async function reachSummary(citizen: Citizen, text: string, contact: string): Promise<string> {
  let said = await citizen.say(text, ASKED);
  for (let step = 0; step < 8 && !/请核对您的诉求/.test(said); step++)
    said = await citizen.say(answerTo(said, contact), ASKED);
  return said;
}

const ASKED = /请核对您的诉求|属于下面哪一类|发生在哪里|再具体一点|称呼和电话|同意用这个号码|多说|请说说是什么事|请问/;

function answerTo(said: string, contact: string): string {
  if (/属于下面哪一类/.test(said)) return "都不是，由工作人员来分";
  if (/发生在哪里|区、街道|哪个区/.test(said)) return "朝阳区望京街道望京西园四区";
  if (/同意用这个号码/.test(said)) return "同意，用这个号码";
  return contact;
}
