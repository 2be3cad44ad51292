import { createRequire } from "node:module";
import type { Contact, Message, Room, Wechaty } from "wechaty";
import { BotError, DeliveryError } from "../../bots/errors.ts";
import { createLanes } from "../../bots/lanes.ts";
import type { RawMessage } from "./parse.ts";

/** scan: a person has to scan the code. offline: logged out. failed: not started, or given up; the log says why. */
export type WechatyState = "starting" | "scan" | "online" | "offline" | "failed" | "stopped";

export type Said = { kind: "said" } | { kind: "refused"; why: string };
export type Download = { kind: "file"; bytes: Buffer; name: string } | { kind: "refused"; why: string };

export interface WechatyHandlers {
  /** Messages of one conversation come one after another. Must not reject. */
  onMessage(raw: RawMessage): Promise<void>;
  /** `code`: with "scan", the address of the picture to be scanned; whoever has it can log in. */
  onState(state: WechatyState, code?: string): void;
  /** Something of the library or the puppet broke; it may hold words of citizens. */
  onFault(what: string, error: unknown): void;
}

/** The account. Throws a DeliveryError where trying again can help; what will not be done ever is a value. */
export interface WechatyClient {
  /** Resolves when the puppet runs; logging in comes later and is told. Rejects when the puppet cannot be started. */
  start(handlers: WechatyHandlers): Promise<void>;
  stop(): Promise<void>;
  state(): WechatyState;
  /** `mentions`: ids of members that are called by name, in a room. */
  say(to: { kind: "room" | "contact"; id: string }, text: string, mentions: string[]): Promise<Said>;
  /** What a message that is no text carries, at most `maxBytes` of it. */
  download(messageId: string, maxBytes: number): Promise<Download>;
}

export interface WechatyClientOptions {
  /** The npm package of the puppet; or a puppet that is there already. */
  puppet: string | object;
  puppetOptions?: Record<string, unknown>;
  /** Where the account's session is kept, a path without an ending. Without one every start wants a scan. */
  memory?: string;
}

const LIBRARY = "wechaty";
/** The library waits for ever where a puppet does not answer. */
const SAY_MS = 20_000;
const FETCH_MS = 30_000;
const ASK_MS = 5_000;
/** While nobody is logged in trying again sooner is useless. */
const OFFLINE_AGAIN_MS = 15_000;

/** The first package that is not installed, of the library and the puppet. */
export function missingPackage(puppet: string): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  return [LIBRARY, puppet].find((name) => {
    try {
      resolve(name);
      return false;
    } catch (error) {
      // Any other code means that it is there, for importing only.
      return error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND";
    }
  });
}

/** The library and its three hundred packages are loaded by `start`, and nowhere else. */
export function createWechatyClient(options: WechatyClientOptions): WechatyClient {
  const lanes = createLanes();
  let bot: Wechaty | undefined;
  let state: WechatyState = "starting";

  function online(): Wechaty {
    if (bot?.isLoggedIn) return bot;
    throw new DeliveryError("wechaty: nobody is logged in; scan the code that the log tells of", {
      retryable: true,
      retryAfterMs: OFFLINE_AGAIN_MS,
    });
  }

  function listen(to: Wechaty, { onMessage, onState, onFault }: WechatyHandlers): void {
    const enter = (next: WechatyState, code?: string) => {
      state = next;
      onState(next, code);
    };
    to.on("scan", (code) => enter("scan", code));
    to.on("login", () => enter("online"));
    to.on("logout", () => enter(state === "stopped" ? "stopped" : "offline"));
    to.on("error", (error) => onFault("puppet", error));
    to.on("message", (message) => {
      const place = message.room()?.id ?? message.talker().id;
      const taken = lanes.run(place, async () => onMessage(await rawOf(to, message)));
      taken.catch((error: unknown) => onFault("message", error));
    });
  }

  return {
    state: () => state,
    async start(handlers) {
      try {
        bot = await build(options);
        listen(bot, handlers);
        await bot.start();
      } catch (cause) {
        state = "failed";
        throw new BotError("wechaty: the puppet cannot be started; check WECHATY_PUPPET and WECHATY_PUPPET_OPTIONS", {
          retryable: true,
          cause,
        });
      }
    },
    async stop() {
      state = "stopped";
      await bot?.stop();
    },
    async say({ kind, id }, text, mentions) {
      const by = online();
      return within(SAY_MS, kind === "room" ? sayInRoom(by, id, text, mentions) : sayTo(by, id, text));
    },
    async download(messageId, maxBytes) {
      const message = await within(FETCH_MS, online().Message.find({ id: messageId }));
      if (!message) return { kind: "refused", why: "the message is not known to the puppet any more" };
      const file = await within(FETCH_MS, message.toFileBox());
      if (file.size > maxBytes) return { kind: "refused", why: "the file is too large" };
      const bytes = await within(FETCH_MS, file.toBuffer());
      if (bytes.length > maxBytes) return { kind: "refused", why: "the file is too large" };
      return { kind: "file", bytes, name: file.name };
    },
  };
}

async function build({ puppet, puppetOptions, memory }: WechatyClientOptions): Promise<Wechaty> {
  const { WechatyBuilder, log } = await import("wechaty");
  // The library would print what people write.
  log.level("silent");
  const named = { puppet, puppetOptions, name: memory };
  return WechatyBuilder.build(named as Parameters<typeof WechatyBuilder.build>[0]);
}

async function sayInRoom(bot: Wechaty, id: string, text: string, mentions: string[]): Promise<Said> {
  const room = await bot.Room.find({ id });
  if (!room) return { kind: "refused", why: "the bot is not in this group any more" };
  const members = await Promise.all(mentions.map((each) => bot.Contact.find({ id: each })));
  const called = members.filter((member) => member !== undefined);
  await room.say(text, ...called);
  return { kind: "said" };
}

async function sayTo(bot: Wechaty, id: string, text: string): Promise<Said> {
  const contact = await bot.Contact.find({ id });
  if (!contact) return { kind: "refused", why: "the citizen is not known to this account" };
  await contact.say(text);
  return { kind: "said" };
}

/** Everything that the puppet has to be asked for before a message can be read. */
async function rawOf(bot: Wechaty, message: Message): Promise<RawMessage> {
  const talker = message.talker();
  const room = message.room();
  const type = bot.Message.Type[message.type()] ?? "Unknown";
  return {
    id: message.id,
    type,
    text: message.text(),
    sentAt: message.date(),
    isOwn: message.self(),
    isOfficial: talker.type() === bot.Contact.Type.Official,
    talker: { id: talker.id, name: talker.name(), ...(room ? { alias: await orNot(room.alias(talker)) } : {}) },
    ...(room ? { room: await roomOf(bot, room) } : {}),
    mentions: (room && (await orNot(mentionsIn(bot, message)))) ?? { bot: false, others: false },
    ...(type === "Location" ? { place: await orNot(placeOf(message)) } : {}),
  };
}

/** What a puppet cannot tell is missing; the message goes on without it. */
const orNot = <T>(asking: Promise<T>): Promise<T | undefined> => within(ASK_MS, asking).catch(() => undefined);

async function roomOf(bot: Wechaty, room: Room): Promise<NonNullable<RawMessage["room"]>> {
  const self: Contact = bot.currentUser;
  const [alias, topic] = await Promise.all([orNot(room.alias(self)), orNot(room.topic())]);
  return { id: room.id, topic: topic ?? "", botNames: [alias ?? "", self.name()].filter(Boolean) };
}

async function mentionsIn(bot: Wechaty, message: Message): Promise<RawMessage["mentions"]> {
  const mentioned = await message.mentionList();
  const own = mentioned.filter(({ id }) => id === bot.currentUser.id).length;
  return { bot: own > 0, others: mentioned.length > own };
}

async function placeOf(message: Message): Promise<RawMessage["place"]> {
  const { latitude, longitude, name, address } = (await message.toLocation()).payload;
  return { latitude, longitude, name: name || address };
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new DeliveryError(`wechaty: the puppet did not answer within ${timeoutMs / 1000} s`, {
      retryable: true,
    });
    timer = setTimeout(() => reject(error), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
