/** A message as somebody's screen has it: a member's (`to` is their id), or a citizen's at an account of 微信客服 (`account:id`). */
export interface SeenMessage {
  to: string;
  text: string;
  /** What can be pressed: what comes back as `menu_id`, and the words. */
  menu: { id: string; content: string }[];
  msgid?: string;
  /** Said on entering, which is none of the five. */
  isWelcome?: true;
}

/** The side of 微信客服 in a stand-in for the platform: accounts with their streams of messages, windows, sessions. */
export interface KfDesk {
  /** A citizen or the platform puts something into the stream of an account; a citizen's words open the window: five messages. */
  put(account: string, item: Record<string, unknown>): void;
  /** The token of a callback, good until `forgetTokens`. */
  token(account: string): string;
  forgetTokens(): void;
  /** Makes a code with which one greeting can be sent. */
  welcomeCode(account: string, externalUserId: string): string;
  /** The 48 hours of a citizen are over. */
  shut(account: string, externalUserId: string): void;
  /** A person attends in 企业微信, or no more. */
  attend(account: string, externalUserId: string, isAttended: boolean): void;
  /** How many answers there were without a token. */
  untokened(): number;
  /** Messages a page holds at most, whatever is asked for. */
  pageSize: number;
  /** An error code, or an answer of each. */
  sync(body: Record<string, unknown>): number | object;
  send(body: Record<string, unknown>): number;
  welcome(body: Record<string, unknown>): number;
}

const MESSAGES_IN_WINDOW = 5;

interface Menu {
  head_content: string;
  list: { type: string; click: { id: string; content: string } }[];
}

export function createKfDesk(seen: SeenMessage[]): KfDesk {
  const streams = new Map<string, Record<string, unknown>[]>();
  const left = new Map<string, number>();
  const attended = new Set<string>();
  const tokens = new Set<string>();
  const codes = new Map<string, string>();
  const msgids = new Set<string>();
  let counted = 0;
  let untokened = 0;
  const screenOf = (account: unknown, who: unknown) => `${account}:${who}`;
  const cursorAt = (index: number) => `cursor-${Buffer.from(String(index)).toString("hex")}`;
  const indexAt = (cursor: unknown) =>
    cursor === undefined ? 0 : Number(Buffer.from(String(cursor).slice("cursor-".length), "hex").toString());

  function show(to: string, body: Record<string, unknown>, isWelcome?: true): number {
    const message = readMessage(body);
    if (typeof message === "number") return message;
    if (message.msgid !== undefined && msgids.has(message.msgid)) return 0;
    if (message.msgid !== undefined) msgids.add(message.msgid);
    seen.push({ to, ...message, ...(isWelcome && { isWelcome }) });
    return 0;
  }

  return {
    pageSize: 1_000,
    put(account, item) {
      const own = streams.get(account) ?? [];
      streams.set(account, own);
      own.push({ open_kfid: account, send_time: Math.floor(Date.now() / 1000), ...item });
      if (item.origin === 3) left.set(screenOf(account, item.external_userid), MESSAGES_IN_WINDOW);
    },
    token(account) {
      const token = `ENC-${account}-${++counted}`;
      tokens.add(token);
      return token;
    },
    forgetTokens: () => tokens.clear(),
    welcomeCode(account, externalUserId) {
      const code = `CODE-${++counted}`;
      codes.set(code, screenOf(account, externalUserId));
      return code;
    },
    shut: (account, externalUserId) => left.set(screenOf(account, externalUserId), -1),
    attend(account, externalUserId, isAttended) {
      if (isAttended) attended.add(screenOf(account, externalUserId));
      else attended.delete(screenOf(account, externalUserId));
    },
    untokened: () => untokened,
    sync({ cursor, token, limit, open_kfid }) {
      if (token === undefined) untokened += 1;
      else if (!tokens.has(String(token))) return 95_007;
      const all = streams.get(String(open_kfid)) ?? [];
      const from = indexAt(cursor);
      const until = Math.min(all.length, from + Math.min(Number(limit ?? 1_000), this.pageSize));
      return { next_cursor: cursorAt(until), has_more: until < all.length ? 1 : 0, msg_list: all.slice(from, until) };
    },
    send(body) {
      const to = screenOf(body.open_kfid, body.touser);
      if (attended.has(to)) return 95_018;
      const room = left.get(to) ?? 0;
      if (room === -1) return 95_002;
      if (room === 0) return 95_001;
      const result = show(to, body);
      if (result === 0) left.set(to, room - 1);
      return result;
    },
    welcome(body) {
      const to = codes.get(String(body.code));
      if (to === undefined) return 40_029;
      codes.delete(String(body.code));
      return show(to, body, true);
    },
  };
}

/** An error code where the platform would not take it. */
function readMessage(body: Record<string, unknown>): number | Pick<SeenMessage, "text" | "menu" | "msgid"> {
  const msgid = body.msgid === undefined ? undefined : String(body.msgid);
  if (msgid !== undefined && !/^[0-9a-zA-Z_-]{1,32}$/.test(msgid)) return 40_058;
  const given = body.msgtype === "msgmenu" ? (body.msgmenu as Menu) : undefined;
  const text = given ? given.head_content : (body.text as { content: string }).content;
  if (Buffer.byteLength(text) > (given ? 1_024 : 2_048)) return 45_002;
  const menu = (given?.list ?? []).map(({ click }) => click);
  const isTooLong = menu.some(({ id, content }) => Math.max(Buffer.byteLength(id), Buffer.byteLength(content)) > 128);
  return menu.length > 10 || isTooLong ? 95_008 : { text, menu, msgid };
}
