import type { Handoff, Intent, Reading } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import type { Gazetteer, Triage } from "../../bots/ports.ts";
import { slotValue } from "../../bots/slots.ts";
import { excerpt, KIND_LABELS } from "../../flows/text/labels.ts";
import type { DeskLine } from "./lines.ts";

/** What an operator sees at a glance. */
export interface Summary {
  /** The citizen's own words that led here, shortened. */
  subject: string;
  understood: { label: string; value: string }[];
  /** What the bot answered before, the newest last. */
  tried: string[];
}

const INTENTS: Record<Intent, string> = {
  question: "咨询政策",
  request: "反映诉求",
  progress: "查询进度",
  help: "问怎么用",
  human: "找人工",
  "small-talk": "闲聊",
  unclear: "没有听懂",
};

/** So many of the citizen's last texts are read together, and so many of the bot's are shown. */
const TEXTS = 4;
const ANSWERS = 3;
const SUBJECT = 60;
const ANSWER = 80;
/** A guess less likely than this would mislead more than help. */
const WORTH_SAYING = 0.15;

/** Summed up from what was said until the hand-off; later words are in the transcript beside it. */
export async function summarise(parts: {
  handoff: Handoff;
  lines: DeskLine[];
  triage: Triage;
  gazetteer: Gazetteer;
}): Promise<Summary> {
  const asked = new Date(parts.handoff.requestedAt);
  // The turn that asked is received a moment after the hand-off's own time.
  const before = parts.lines.filter(({ by, at }) => at.getTime() <= asked.getTime() + (by === "citizen" ? 1_000 : 0));
  const said = before.filter(({ by, text }) => by === "citizen" && !isBare(text)).slice(-TEXTS);
  const readings = await Promise.all(said.map(({ text }) => parts.triage.read(text, asked)));
  // The newest text that says what it is about; later ones may only be answers to the bot's questions.
  const telling = readings.findLastIndex(({ intent }) => TELLING.includes(intent));
  const matter = said.slice(Math.max(0, telling)).map(({ text }) => text);
  const place = said.length === 0 ? undefined : await parts.gazetteer.resolve(matter.join("\n"));
  return {
    subject: excerpt(matter.join(" "), SUBJECT) || "只说了要找人工",
    understood: [...understoodOf(readings.at(telling)), ...(place ? [{ label: "地点", value: place.text }] : [])],
    tried: before
      .filter(({ by }) => by === "bot")
      .slice(-ANSWERS)
      .map(({ text }) => excerpt(text, ANSWER)),
  };
}

const TELLING: Intent[] = ["request", "question", "progress"];

/** Nothing but the wish for a person, or a pressed button. */
const isBare = (text: string): boolean =>
  text.startsWith("【") || (commandForm(text).length < 12 && /人工|真人|客服|接线员/u.test(text));

function understoodOf(reading: Reading | undefined): Summary["understood"] {
  if (!reading) return [];
  const [best] = reading.categories;
  const occurredAt = slotValue(reading, "occurredAt");
  const isRequest = reading.intent === "request" || reading.intent === "unclear";
  return [
    { label: "意图", value: INTENTS[reading.intent] },
    ...(isRequest ? [{ label: "类型", value: KIND_LABELS[reading.kind] }] : []),
    ...(best && best.confidence >= WORTH_SAYING ? [{ label: "可能的分类", value: best.path.join(" / ") }] : []),
    ...(reading.danger ? [{ label: "危险", value: "提到了紧急情况，已提示拨打紧急电话" }] : []),
    ...(occurredAt ? [{ label: "时间", value: occurredAt }] : []),
  ];
}
