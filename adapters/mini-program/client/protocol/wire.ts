import { listOf, membersOf, textOf } from "./transport.ts";

/** One bubble of the chat: an activity of Direct Line 3.0, as far as the page shows it. */
export interface Activity {
  id: string;
  side: "bot" | "user";
  text: string;
  buttons: Button[];
  rows: { label: string; value: string }[];
  title?: string;
  /** Paths below the server; shown with the token. */
  pictures: string[];
  askLocation: boolean;
  /** A place that the citizen has sent. */
  place?: string;
  link?: { title: string; url: string };
  clientActivityID?: string;
}

export interface Button {
  choiceId: string;
  label: string;
}

/** A point as wx.chooseLocation gives it: the maps of China count in GCJ-02, and the server is told so. */
export interface PickedPlace {
  latitude: number;
  longitude: number;
  label: string;
}

/** What is sent. `clientActivityID` stays the same through every attempt, and by it the server takes each once. */
export interface OutgoingActivity {
  type: "message" | "event";
  name?: string;
  text?: string;
  channelData: {
    clientActivityID: string;
    choiceId?: string;
    location?: PickedPlace & { system: "gcj02" };
  };
}

export interface ActivitySet {
  activities: Activity[];
  watermark?: string;
}

/** Reads `{activities, watermark}`; what has no id or shows nothing is left out. */
export function readActivitySet(value: unknown): ActivitySet {
  const { activities, watermark } = membersOf(value);
  return {
    activities: listOf(activities).flatMap(readActivity),
    watermark: typeof watermark === "number" ? String(watermark) : textOf(watermark),
  };
}

function readActivity(value: unknown): Activity[] {
  const members = membersOf(value);
  const id = textOf(members.id);
  if (id === undefined || members.type !== "message") return [];
  const data = membersOf(members.channelData);
  const card = membersOf(data.card);
  const location = membersOf(data.location);
  return [
    {
      id,
      side: membersOf(members.from).role === "bot" ? "bot" : "user",
      // Beside a card only the words that are not in it.
      text: (data.card === undefined ? textOf(members.text) : textOf(card.text)) ?? "",
      buttons: listOf(data.choices).flatMap(readButton),
      rows: listOf(card.rows).flatMap(readRow),
      title: textOf(card.title),
      pictures: listOf(members.attachments).flatMap(readPicture),
      askLocation: data.askLocation === true,
      place: data.location === undefined ? undefined : (textOf(location.label) ?? ""),
      link: readLink(data.link),
      clientActivityID: textOf(data.clientActivityID),
    },
  ];
}

function readButton(value: unknown): Button[] {
  const { id, label } = membersOf(value);
  const choiceId = textOf(id);
  const words = textOf(label);
  return choiceId === undefined || words === undefined ? [] : [{ choiceId, label: words }];
}

function readRow(row: unknown): { label: string; value: string }[] {
  const members = membersOf(row);
  const label = textOf(members.label);
  return label === undefined ? [] : [{ label, value: textOf(members.value) ?? "" }];
}

function readPicture(value: unknown): string[] {
  const { contentType, contentUrl } = membersOf(value);
  const path = textOf(contentUrl);
  return textOf(contentType)?.startsWith("image/") && path?.startsWith("/media/") ? [path] : [];
}

function readLink(value: unknown): { title: string; url: string } | undefined {
  const { title, url } = membersOf(value);
  const target = textOf(url);
  return target === undefined ? undefined : { title: textOf(title) ?? target, url: target };
}
