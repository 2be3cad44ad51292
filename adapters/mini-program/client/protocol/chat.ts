import { createLine } from "./line.ts";
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

/** The chat inside the mini-program over Direct Line 3.0: everything missed first, then the stream, again after every break. */
export function createChat(options: ChatOptions): Chat {
  const { transport, sessions, server, firstRetryMs = 1_000 } = options;
  let activities: readonly Activity[] = [];
  let watermark = "0";
  let isOnline = false;

  const view = (): ChatView => ({ isOnline, activities, outgoing: outbox.items() });
  const changed = () => options.onChange(view());
  const pathOf = (conversationId: string) =>
    `${server}/v3/directline/conversations/${encodeURIComponent(conversationId)}`;

  const outbox = createOutbox({
    storage: transport.storage,
    deliver: (item) => sessions.authorized((session) => deliver(item, pathOf(session.conversationId), session.token)),
    hasEcho: (id) => activities.some(({ clientActivityID }) => clientActivityID === id),
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

  function take(value: unknown): void {
    const set = readActivitySet(value);
    const known = new Set(activities.map(({ id }) => id));
    const fresh = set.activities.filter(({ id }) => !known.has(id));
    // A late answer to an older question must not turn the clock back.
    if (set.watermark !== undefined && Number(set.watermark) > Number(watermark)) watermark = set.watermark;
    if (fresh.length === 0) return;
    activities = [...activities, ...fresh].sort((one, other) => placeOf(one) - placeOf(other));
    outbox.echoed(new Set(activities.flatMap(({ clientActivityID }) => clientActivityID ?? [])));
    changed();
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

  const line = createLine({
    transport,
    firstRetryMs,
    async catchUp() {
      for (let before = ""; before !== watermark; ) {
        before = watermark;
        take(await read("/activities"));
      }
      greetOnce();
      return textOf(membersOf(await read("")).streamUrl);
    },
    onFrame: (data) => void take(JSON.parse(data)),
    onOnline(next) {
      if (next === isOnline) return;
      isOnline = next;
      if (next) outbox.wake();
      changed();
    },
  });

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
      outbox.wake();
      line.start();
    },
    stop() {
      isOnline = false;
      line.stop();
      outbox.stop();
    },
    sendText: (text) => queue({ type: "message", text }),
    choose: ({ choiceId, label }) => queue({ type: "message", text: label }, { choiceId }),
    sendPlace: (place) => queue({ type: "message" }, { location: { ...place, system: "gcj02" } }),
    sendPicture: (filePath) => queue({ type: "message" }, {}, filePath),
    drop: (id) => outbox.drop(id),
    wake() {
      line.wake();
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
