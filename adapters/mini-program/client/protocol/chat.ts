import { createOutbox, idOf, type Outgoing } from "./outbox.ts";
import type { Sessions } from "./session.ts";
import { bodyOf, membersOf, type Transport, textOf } from "./transport.ts";
import { type Activity, type OutgoingActivity, type PickedPlace, readActivitySet } from "./wire.ts";

/** What the page shows: what the server has, and behind it what is on its way. */
export interface ChatView {
  isOnline: boolean;
  activities: readonly Activity[];
  outgoing: readonly Outgoing[];
}

export interface Chat {
  view(): ChatView;
  /** The page is seen: reads what was missed and listens. */
  start(): void;
  /** The page is not seen any more: WeChat ends its sockets within seconds, so the server learns at once that nobody looks. */
  stop(): void;
  sendText(text: string): void;
  choose(choice: { choiceId: string; label: string }): void;
  sendPlace(place: PickedPlace): void;
  sendPicture(filePath: string): void;
  /** Takes out what the server will not have. */
  drop(id: string): void;
  /** The network is back. */
  wake(): void;
}

export interface ChatOptions {
  transport: Transport;
  sessions: Sessions;
  /** Scheme and host, without a slash at its end. */
  server: string;
  onChange(view: ChatView): void;
  words: { noReason: string };
  /** The shortest wait before something is tried again. */
  firstRetryMs?: number;
}

const LONGEST_MS = 30_000;
/** The server gives a sign of life every 15 seconds. */
const SILENT_MS = 45_000;

/** The chat inside the mini-program over Direct Line 3.0: everything missed first, then the stream, again after every break. */
export function createChat(options: ChatOptions): Chat {
  const { transport, sessions, server, firstRetryMs = 1_000 } = options;
  let activities: readonly Activity[] = [];
  let watermark = "0";
  let isOnline = false;
  let round = 0;
  let endStream: (() => void) | undefined;
  let rouse: (() => void) | undefined;

  const view = (): ChatView => ({ isOnline, activities, outgoing: outbox.items() });
  const changed = () => options.onChange(view());
  const pathOf = (conversationId: string) =>
    `${server}/v3/directline/conversations/${encodeURIComponent(conversationId)}`;

  const outbox = createOutbox({
    storage: transport.storage,
    deliver: (item) => sessions.authorized((session) => deliver(item, pathOf(session.conversationId), session.token)),
    onChange: changed,
    firstRetryMs,
    noReason: options.words.noReason,
  });

  async function deliver({ activity, filePath }: Outgoing, path: string, token: string): Promise<void> {
    const json = { ...activity, from: { id: "citizen" }, locale: "zh-CN" };
    if (filePath === undefined) {
      await bodyOf(transport.request({ method: "POST", url: `${path}/activities`, token, json }));
      return;
    }
    const body = JSON.stringify(json);
    await bodyOf(transport.upload({ url: `${path}/upload`, token, filePath, activity: body }));
  }

  function take(value: unknown): number {
    const set = readActivitySet(value);
    const known = new Set(activities.map(({ id }) => id));
    const fresh = set.activities.filter(({ id }) => !known.has(id));
    // A late answer to an older question must not turn the clock back.
    if (set.watermark !== undefined && Number(set.watermark) > Number(watermark)) watermark = set.watermark;
    if (fresh.length === 0) return 0;
    activities = [...activities, ...fresh].sort((one, other) => placeOf(one) - placeOf(other));
    outbox.echoed(new Set(activities.flatMap(({ clientActivityID }) => clientActivityID ?? [])));
    changed();
    return fresh.length;
  }

  const read = (below: string) =>
    sessions.authorized(({ conversationId, token }) =>
      bodyOf(
        transport.request({
          method: "GET",
          url: `${pathOf(conversationId)}${below}?watermark=${encodeURIComponent(watermark)}`,
          token,
        }),
      ),
    );

  async function catchUp(): Promise<void> {
    for (let before = ""; before !== watermark; ) {
      before = watermark;
      take(await read("/activities"));
    }
  }

  function setOnline(next: boolean): void {
    if (next === isOnline) return;
    isOnline = next;
    if (next) outbox.wake();
    changed();
  }

  function listen(url: string): Promise<void> {
    return new Promise((resolve) => {
      let heardAt = transport.now();
      const socket = transport.openSocket(url, {
        message(data) {
          heardAt = transport.now();
          if (data.trim() !== "") takeFrame(data, end);
        },
        close: () => end(),
      });
      const watch = setInterval(() => {
        if (transport.now() - heardAt > SILENT_MS) end();
      }, 5_000);
      function end(): void {
        clearInterval(watch);
        endStream = undefined;
        socket.close();
        resolve();
      }
      endStream = end;
    });
  }

  /** A frame that cannot be read must not be passed over by the watermark of the next one: start again from here. */
  function takeFrame(data: string, end: () => void): void {
    try {
      take(JSON.parse(data));
    } catch {
      end();
    }
  }

  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(own: number): Promise<void> {
    let failures = 0;
    while (own === round) {
      try {
        await catchUp();
        greetOnce();
        const url = textOf(membersOf(await read("")).streamUrl);
        failures = 0;
        if (own !== round) return;
        setOnline(true);
        if (url !== undefined) await listen(url);
        // Between two streams, and where there are none, this is the pace of asking.
        if (own === round) await sleep(firstRetryMs);
      } catch {
        setOnline(false);
        failures += 1;
        await sleep(Math.min(LONGEST_MS, firstRetryMs * 2 ** failures));
      }
    }
  }

  /** A chat in which nothing was said yet begins with the bot's greeting; the fixed id makes it one, however often it is asked for. */
  function greetOnce(): void {
    if (activities.length > 0 || outbox.items().length > 0) return;
    outbox.add({ type: "event", name: "webchat/join", channelData: { clientActivityID: "joined" } });
  }

  const queue = (
    activity: Omit<OutgoingActivity, "channelData">,
    extra: Partial<OutgoingActivity["channelData"]> = {},
    filePath?: string,
  ) => outbox.add({ ...activity, channelData: { ...extra, clientActivityID: transport.newId() } }, filePath);

  return {
    view,
    start() {
      round += 1;
      outbox.wake();
      void run(round);
    },
    stop() {
      round += 1;
      isOnline = false;
      endStream?.();
      rouse?.();
      outbox.stop();
    },
    sendText: (text) => queue({ type: "message", text }),
    choose: ({ choiceId, label }) => queue({ type: "message", text: label }, { choiceId }),
    sendPlace: (place) => queue({ type: "message" }, { location: { ...place, system: "gcj02" } }),
    sendPicture: (filePath) => queue({ type: "message" }, {}, filePath),
    drop: (id) => outbox.drop(id),
    wake() {
      rouse?.();
      outbox.wake();
    },
  };
}

/** Ids end in their place within the conversation: `…|0000012`. */
const placeOf = ({ id }: Activity): number => Number(id.slice(id.lastIndexOf("|") + 1));

/** Bubbles for what is on its way and has no echo yet. */
export const pendingOf = ({ activities, outgoing }: ChatView): Outgoing[] => {
  const echoed = new Set(activities.map(({ clientActivityID }) => clientActivityID));
  return outgoing.filter((item) => item.activity.type === "message" && !echoed.has(idOf(item)));
};
