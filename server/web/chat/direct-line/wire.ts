/**
 * What travels over Direct Line 3.0, as far as this page reads it (Microsoft, "Bot Framework Activity schema" and
 * "Direct Line API 3.0 reference"). The readers are lenient and written by hand: a schema library would cost every
 * citizen more download than the whole client.
 */
export interface CardAction {
  type: "postBack" | "imBack" | "openUrl";
  title: string;
  value: string;
}

export interface GeoPoint {
  /** WGS 84 degrees. */
  latitude: number;
  longitude: number;
  label?: string;
}

export type Attachment =
  | { kind: "hero"; title?: string; text?: string; buttons: CardAction[] }
  | { kind: "facts"; title?: string; rows: { label: string; value: string }[]; buttons: CardAction[] }
  | { kind: "image"; url: string; name?: string }
  | { kind: "file"; url: string; name?: string };

export interface Activity {
  id: string;
  type: string;
  side: "bot" | "user";
  /** ISO 8601 with zone. */
  timestamp?: string;
  text?: string;
  /** A person who speaks in the bot's place. */
  speaker?: string;
  attachments: Attachment[];
  actions: CardAction[];
  clientActivityID?: string;
  askLocation: boolean;
  location?: GeoPoint;
}

export interface ActivitySet {
  activities: Activity[];
  watermark?: string;
}

/** What this page sends. `clientActivityID` stays the same through every attempt. */
export interface OutgoingActivity {
  type: "message" | "event";
  name?: string;
  text?: string;
  channelData: { clientActivityID: string; choiceId?: string; location?: GeoPoint };
}

type Fields = Record<string, unknown>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const numberOf = (value: unknown): number | undefined => (Number.isFinite(value) ? (value as number) : undefined);

/** Reads `{activities, watermark}`; activities without an id are left out, because they could not be told apart. */
export function readActivitySet(value: unknown): ActivitySet {
  const fields = fieldsOf(value);
  const watermark = typeof fields.watermark === "number" ? String(fields.watermark) : textOf(fields.watermark);
  return { activities: listOf(fields.activities).flatMap(readActivity), watermark };
}

function readActivity(value: unknown): Activity[] {
  const fields = fieldsOf(value);
  const id = textOf(fields.id);
  if (id === undefined) return [];
  const from = fieldsOf(fields.from);
  const channelData = fieldsOf(fields.channelData);
  return [
    {
      id,
      type: textOf(fields.type) ?? "message",
      side: from.role === "bot" || from.id === "bot" ? "bot" : "user",
      timestamp: textOf(fields.timestamp),
      text: shownText(fields.text, channelData),
      speaker: textOf(channelData.speaker),
      attachments: listOf(fields.attachments).flatMap(readAttachment),
      actions: listOf(fieldsOf(fields.suggestedActions).actions).flatMap(readAction),
      clientActivityID: textOf(channelData.clientActivityID),
      askLocation: channelData.askLocation === true,
      location: readPoint(channelData.location),
    },
  ];
}

/** `text` is complete for clients that show nothing else; beside a card or a link only what they do not say is shown. */
function shownText(text: unknown, channelData: Fields): string | undefined {
  if (channelData.card !== undefined) return textOf(fieldsOf(channelData.card).text);
  const { title, url } = fieldsOf(channelData.link);
  const full = textOf(text);
  const named = `${textOf(channelData.speaker) ?? ""}：`;
  if (named !== "：" && full?.startsWith(named)) return textOf(full.slice(named.length));
  const name = textOf(title) ?? "";
  const address = textOf(url) ?? "";
  // A telephone link names its number in its title, and nowhere else.
  const repeated = address.startsWith("tel:") ? name : `${name}\n${address}`;
  if (repeated === "") return full;
  return full?.endsWith(repeated) ? textOf(full.slice(0, -repeated.length).trimEnd()) : full;
}

function readAction(value: unknown): CardAction[] {
  const fields = fieldsOf(value);
  const title = textOf(fields.title);
  const target = textOf(fields.value) ?? textOf(fields.url) ?? title;
  const type = fields.type === "Action.OpenUrl" ? "openUrl" : fields.type;
  if (title === undefined || target === undefined) return [];
  if (type !== "postBack" && type !== "imBack" && type !== "openUrl") return [];
  return [{ type, title, value: target }];
}

function readPoint(value: unknown): GeoPoint | undefined {
  const { latitude, longitude, label } = fieldsOf(value);
  const lat = numberOf(latitude);
  const lon = numberOf(longitude);
  return lat === undefined || lon === undefined ? undefined : { latitude: lat, longitude: lon, label: textOf(label) };
}

function readAttachment(value: unknown): Attachment[] {
  const fields = fieldsOf(value);
  const content = fieldsOf(fields.content);
  const type = textOf(fields.contentType) ?? "";
  if (type === "application/vnd.microsoft.card.hero") {
    const buttons = listOf(content.buttons).flatMap(readAction);
    return [{ kind: "hero", title: textOf(content.title), text: textOf(content.text), buttons }];
  }
  if (type === "application/vnd.microsoft.card.adaptive") return [readAdaptiveCard(content)];
  const url = textOf(fields.contentUrl);
  if (url === undefined) return [];
  return [{ kind: type.startsWith("image/") ? "image" : "file", url, name: textOf(fields.name) }];
}

/** Of an adaptive card only its first text and its facts are shown: the rows that a citizen is asked to confirm. */
function readAdaptiveCard(content: Fields): Attachment {
  const body = listOf(content.body).map(fieldsOf);
  const rows = body
    .flatMap((element) => listOf(element.facts))
    .flatMap((fact) => {
      const label = textOf(fieldsOf(fact).title);
      const row = textOf(fieldsOf(fact).value);
      return label === undefined || row === undefined ? [] : [{ label, value: row }];
    });
  const title = textOf(body.find((element) => element.type === "TextBlock")?.text);
  return { kind: "facts", title, rows, buttons: listOf(content.actions).flatMap(readAction) };
}
