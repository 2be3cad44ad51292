import type { Outgoing } from "./direct-line/outgoing.ts";
import type { Activity, Attachment, CardAction, GeoPoint } from "./direct-line/wire.ts";
import type { ChatSnapshot } from "./direct-line.ts";

/** One bubble of the page. `key` stays the same while a message turns from sent into echoed. */
export interface Entry {
  key: string;
  side: "bot" | "user";
  /** ISO 8601. */
  at?: string;
  text?: string;
  /** A person who speaks in the bot's place. */
  speaker?: string;
  attachments: Attachment[];
  location?: GeoPoint;
  actions: CardAction[];
  askLocation: boolean;
  /** Buttons work only in the newest turn of the bot: an old question must not be answered by accident. */
  active: boolean;
  /** Present until the server has committed the message. */
  outgoing?: Outgoing;
}

/** Both look the same on the page; what they are made of is never changed in place. */
export function sameEntry(a: Entry, b: Entry): boolean {
  const keys = Object.keys(a) as (keyof Entry)[];
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

export interface Transcript {
  entries: Entry[];
  /** The citizen, or the page for them, spoke last, and the server has it. */
  awaitsReply: boolean;
}

export function toTranscript({ activities, outgoing }: Pick<ChatSnapshot, "activities" | "outgoing">): Transcript {
  const underWay = new Map(outgoing.map((item) => [item.activity.channelData.clientActivityID, item]));
  const echoed = new Set(activities.map((activity) => activity.clientActivityID));
  const pending = outgoing.filter((item) => !echoed.has(item.activity.channelData.clientActivityID));
  const entries = [
    ...activities.filter(isShown).map((activity) => fromActivity(activity, underWay)),
    ...pending.filter((item) => item.activity.type === "message").map(fromOutgoing),
  ];
  const lastOfCitizen = lastIndex(entries, (entry) => entry.side === "user" && entry.outgoing?.state !== "refused");
  return {
    entries: entries.map((entry, index) => ({ ...entry, active: entry.side === "bot" && index > lastOfCitizen })),
    awaitsReply: speaksLast(activities, outgoing),
  };
}

const isShown = (activity: Activity) =>
  activity.type === "message" &&
  (activity.text !== undefined ||
    activity.attachments.length > 0 ||
    activity.location !== undefined ||
    activity.actions.length > 0);

/** Nobody answers what has not arrived: while something is still on its way, no answer is promised. */
function speaksLast(activities: readonly Activity[], outgoing: readonly Outgoing[]): boolean {
  if (outgoing.some((item) => item.state === "sending" || item.state === "waiting")) return false;
  if (outgoing.some((item) => item.state === "sent")) return true;
  // Nobody can say when a person writes.
  if (activities[lastIndex(activities, (activity) => activity.side === "bot")]?.speaker !== undefined) return false;
  const last = lastIndex(activities, (activity) => activity.type === "message" || activity.type === "event");
  return activities[last]?.side === "user";
}

/** As Array.prototype.findLastIndex, which older web views lack. */
export function lastIndex<T>(list: readonly T[], fits: (item: T) => boolean): number {
  let index = list.length - 1;
  while (index >= 0 && !fits(list[index] as T)) index -= 1;
  return index;
}

function fromActivity(activity: Activity, underWay: Map<string, Outgoing>): Entry {
  const item = activity.clientActivityID === undefined ? undefined : underWay.get(activity.clientActivityID);
  return {
    key: activity.clientActivityID ?? activity.id,
    side: activity.side,
    at: activity.timestamp,
    text: activity.text,
    speaker: activity.speaker,
    attachments: activity.attachments,
    location: activity.location,
    actions: activity.actions,
    askLocation: activity.askLocation,
    active: false,
    outgoing: item?.state === "sent" ? undefined : item,
  };
}

function fromOutgoing(item: Outgoing): Entry {
  return {
    key: item.activity.channelData.clientActivityID,
    side: "user",
    at: item.queuedAt,
    text: item.activity.text,
    attachments: [],
    location: item.activity.channelData.location,
    actions: [],
    askLocation: false,
    active: false,
    outgoing: item,
  };
}
