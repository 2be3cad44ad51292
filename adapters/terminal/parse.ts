import type { ConversationRef, InboundMessage } from "../../bots/model/index.ts";

/** One typed line as a message; an empty line says nothing. Pure. */
export function parseLine(
  line: string,
  options: { id: string; from: ConversationRef; sentAt: Date },
): InboundMessage | undefined {
  const text = line.toWellFormed().trim();
  return text === "" ? undefined : { ...options, content: { kind: "text", text } };
}
