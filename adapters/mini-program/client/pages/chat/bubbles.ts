import { type ChatView, pendingOf } from "../../protocol/chat.ts";
import { idOf, type Outgoing } from "../../protocol/outbox.ts";
import type { Activity, Button } from "../../protocol/wire.ts";
import { words } from "../../words.ts";

/** One bubble as the template shows it. */
export interface Bubble {
  key: string;
  side: "bot" | "user";
  text: string;
  title: string;
  rows: { label: string; value: string }[];
  pictures: string[];
  link: { title: string; url: string } | null;
  /** Said under the bubble: why it is not there yet. */
  note: string;
  canDrop: boolean;
}

export interface Shown {
  bubbles: Bubble[];
  /** Of the bot's newest turn only: an old question must not be answered by accident. */
  buttons: Button[];
  askLocation: boolean;
  /** The ticket that was just filed, for which a notice can be offered. */
  filed: string;
}

/** The platform takes no more than a megabyte at once, and the conversation is the citizen's for ever. */
const MOST_BUBBLES = 300;

/** `pictureUrl` makes the address of a picture out of its path. */
export function toShown(view: ChatView, pictureUrl: (path: string) => string): Shown {
  const pending = pendingOf(view);
  const bubbles = [...view.activities.map((each) => ofActivity(each, pictureUrl)), ...pending.map(ofOutgoing)];
  const lastSaid = view.activities.map(({ side }) => side).lastIndexOf("user");
  const newest = pending.some(({ state }) => state !== "refused") ? [] : view.activities.slice(lastSaid + 1);
  const buttons = newest.flatMap((each) => each.buttons);
  return {
    bubbles: bubbles
      .filter(({ text, title, pictures, link }) => text || title || link || pictures.length > 0)
      .slice(-MOST_BUBBLES),
    buttons,
    askLocation: newest.some(({ askLocation }) => askLocation),
    filed: buttons.map(({ choiceId }) => /^progress\/show\/(\d+)$/.exec(choiceId)?.[1] ?? "").find(Boolean) ?? "",
  };
}

function ofActivity(activity: Activity, pictureUrl: (path: string) => string): Bubble {
  const { place, link } = activity;
  return {
    key: activity.clientActivityID ?? activity.id,
    side: activity.side,
    text: place === undefined ? activity.text : words.placeSent(place),
    title: activity.title ?? "",
    rows: activity.rows,
    pictures: activity.pictures.map(pictureUrl),
    link: link ?? null,
    note: "",
    canDrop: false,
  };
}

function ofOutgoing(item: Outgoing): Bubble {
  const { text, channelData } = item.activity;
  const place = channelData.location && words.placeSent(channelData.location.label);
  return {
    key: idOf(item),
    side: "user",
    text: text ?? place ?? words.pictureSent,
    title: "",
    rows: [],
    pictures: [],
    link: null,
    note: item.state === "sent" ? "" : (item.reason ?? words.waiting),
    canDrop: item.state === "refused",
  };
}
