import { cardText, linkText } from "../../bots/fit.ts";
import type { InboundContent, Media, OutboundMessage } from "../../bots/model/index.ts";
import { withoutCodes } from "../../flows/index.ts";
import type { TranscriptLine } from "../store/sqlite/transcript.ts";

/** One line of a conversation as an operator reads it. */
export interface DeskLine {
  by: "citizen" | "bot" | "staff";
  at: Date;
  /** Who of the staff, as the citizen was told; `text` does not repeat it. */
  speaker?: string;
  text: string;
  media: Media[];
}

/** The transcript in words; what says nothing, such as a page being opened, is left out. */
export const deskLines = (lines: TranscriptLine[]): DeskLine[] =>
  lines.flatMap((line): DeskLine[] => {
    if (line.by === "bot") return [{ by: "bot", at: line.at, text: saidText(line.message), media: [] }];
    if (line.by === "staff") return [staffLine(line)];
    const text = heardText(line.content);
    const media = line.content.kind === "media" ? line.content.media : [];
    return text === undefined ? [] : [{ by: line.by, at: line.at, text, media }];
  });

function staffLine({ at, speaker, message }: TranscriptLine & { by: "staff" }): DeskLine {
  const text = saidText(message);
  const named = `${speaker}：`;
  return { by: "staff", at, speaker, text: text.startsWith(named) ? text.slice(named.length) : text, media: [] };
}

/** What of it a citizen would read. */
export function saidText(message: OutboundMessage): string {
  const words =
    message.kind === "card" ? cardText(message) : message.kind === "link" ? linkText(message) : message.text;
  const choices = "choices" in message ? message.choices.map(({ label }) => `【${label}】`).join(" ") : "";
  return withoutCodes([words, choices].filter(Boolean).join("\n"));
}

function heardText(content: InboundContent): string | undefined {
  switch (content.kind) {
    case "text":
      return withoutCodes(content.text);
    case "choice":
      return `【${content.label ?? content.choiceId}】`;
    case "location":
      return `（位置）${content.point.label ?? `${content.point.latitude}, ${content.point.longitude}`}`;
    case "media":
      return content.text ?? "";
    case "unsupported":
      return "（一条看不懂的消息）";
    case "joined":
      return undefined;
    default:
      throw new Error("unknown content", { cause: content satisfies never });
  }
}
