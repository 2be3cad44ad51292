import { randomUUID } from "node:crypto";
import { type payloads, types } from "wechaty";
import { mock, PuppetMock } from "wechaty-puppet-mock";

/** One thing the bot's account said. `to`: the id of a room or of a person. */
export interface SaidByBot {
  to: string;
  text: string;
  mentions: string[];
}

export interface Sent {
  from: string;
  text?: string;
  /** A room's id; a private message without it. */
  room?: string;
  id?: string;
  at?: Date;
  type?: types.Message;
  /** What the puppet says of whom it mentions; many puppets say nothing. */
  mentions?: string[];
  file?: { name: string; bytes: Buffer };
}

export const BOT = "bot-account";
export const BOT_NAME = "小诉";
/** What the bot's account is called in the first room. */
export const BOT_ALIAS = "小诉助理";
export const ROOM = "four@chatroom";
export const OTHER_ROOM = "five@chatroom";
export const TOPIC = "望京西园四区居民群";

const PEOPLE: Record<string, string> = {
  [BOT]: BOT_NAME,
  wang: "王五",
  li: "李四",
  zhao: "赵六",
  fang: "网格员王芳",
  twin: "小诉助手",
};

/** A stand-in for the platform: what is said in it outlives every puppet, as it does on telephones. */
export interface WechatyPlatform {
  said: SaidByBot[];
  /** Makes sending fail so often. */
  failSends(times: number): void;
  /** A new puppet over the same people, rooms and messages. */
  plug(): PuppetMock;
  login(): void;
  logout(): Promise<void>;
  scan(): void;
  /** Puts a message on the platform and lets the puppet tell of it; answers its id. */
  send(message: Sent): string;
  /** The puppet tells of an old message once more. */
  again(id: string): void;
}

export function createWechatyPlatform(now: () => Date): WechatyPlatform {
  const messages = new Map<string, payloads.Message>();
  const files = new Map<string, { name: string; size: number; toBuffer(): Promise<Buffer> }>();
  const said: SaidByBot[] = [];
  let failures = 0;
  let puppet: PuppetMock | undefined;

  const plugged = (): PuppetMock => {
    if (!puppet) throw new Error("no puppet is plugged in");
    return puppet;
  };

  function tell(id: string): void {
    plugged().emit("message", { messageId: id });
  }

  function put({ from, text, room, id = randomUUID(), at = now(), type = types.Message.Text, mentions = [] }: Sent) {
    const base = { id, talkerId: from, text, type, timestamp: at.getTime() };
    messages.set(
      id,
      room === undefined
        ? ({ ...base, listenerId: from === BOT ? "wang" : BOT } as payloads.Message)
        : ({ ...base, roomId: room, mentionIdList: mentions } as payloads.Message),
    );
    return id;
  }

  async function sendText(to: string, text: string, mentions: string[] = []): Promise<void> {
    if (!plugged().isLoggedIn) throw new Error("not logged in");
    if (failures > 0) {
      failures -= 1;
      throw new Error(`the puppet broke while it said "${text}"`);
    }
    said.push({ to, text, mentions });
    // The account's own words come back, as on every telephone it is logged in at.
    tell(put({ from: BOT, text, ...(to.includes("@") ? { room: to } : {}) }));
  }

  return {
    said,
    failSends(times) {
      failures = times;
    },
    plug() {
      const mocker = new mock.Mocker();
      puppet = new PuppetMock({ mocker });
      for (const [id, name] of Object.entries(PEOPLE))
        mocker.createContact({ id, name, type: types.Contact.Individual });
      mocker.createContact({ id: "official", name: "公众号", type: types.Contact.Official });
      const members = Object.keys(PEOPLE);
      mocker.createRoom({ id: ROOM, topic: TOPIC, memberIdList: members });
      mocker.createRoom({ id: OTHER_ROOM, topic: "五区车友群", memberIdList: members });
      Object.assign(puppet, {
        messageSendText: sendText,
        messageRawPayload: async (id: string) => messages.get(id),
        messageFile: async (id: string) => files.get(id),
        roomMemberRawPayload: async (roomId: string, id: string) => ({
          id,
          name: PEOPLE[id] ?? "",
          ...(id === BOT && roomId === ROOM ? { roomAlias: BOT_ALIAS } : {}),
        }),
      });
      return puppet;
    },
    login: () => plugged().mocker.login(plugged().mocker.ContactMock.load(BOT)),
    logout: () => plugged().logout(),
    scan: () => plugged().mocker.scan("https://login.example/code"),
    send(message) {
      const id = put(message);
      if (message.file) {
        const { name, bytes } = message.file;
        files.set(id, { name, size: bytes.length, toBuffer: async () => bytes });
      }
      tell(id);
      return id;
    },
    again: tell,
  };
}
