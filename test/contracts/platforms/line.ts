import { parseWebhook } from "../../../adapters/line/parse.ts";
import { batchOf, piecesOf as linePieces } from "../../../adapters/line/render.ts";
import { atMost, keyed, type Payload, type Platform, PUBLIC_URL } from "./platform.ts";

interface LineAction {
  type: string;
  label?: string;
  data?: string;
}
interface LineComponent {
  contents?: LineComponent[];
  action?: LineAction;
}
interface LineMessage {
  text?: string;
  altText?: string;
  contents?: { body?: LineComponent; footer?: LineComponent };
  quickReply?: { items: { action: LineAction }[] };
}
const actionsIn = (part: LineComponent | undefined): LineAction[] =>
  part ? [...(part.action ? [part.action] : []), ...(part.contents ?? []).flatMap(actionsIn)] : [];

export const line: Platform = {
  name: "line",
  channel: "line",
  payloads(turn) {
    const payloads: Payload[] = [];
    let rest = keyed(turn).flatMap(({ key, message }) =>
      linePieces(key, message, { publicUrl: PUBLIC_URL, sendLocation: "发送位置" }),
    );
    while (rest.length > 0) {
      const { messages, taken } = batchOf(rest);
      rest = rest.slice(taken.length);
      for (const [index, message] of messages.entries()) {
        // Quick replies are there until the next message comes.
        const stays = rest.length === 0 && index === messages.length - 1;
        payloads.push(lineScreen(message as LineMessage, stays));
      }
    }
    return payloads;
  },
  read(deed) {
    const fields =
      deed.kind === "say"
        ? { type: "message", message: { id: "1", type: "text", text: deed.text } }
        : deed.kind === "press"
          ? { type: "postback", postback: { data: deed.button.press } }
          : { type: "message", message: { id: "1", type: "location", ...deed.point } };
    const event = { mode: "active", webhookEventId: "01E", timestamp: 1_772_323_200_000, ...fields };
    const [parsed] = parseWebhook({ events: [{ ...event, source: { type: "user", userId: "U1" } }] }) ?? [];
    return parsed?.kind === "said" ? parsed.content : undefined;
  },
};

/** The limits of "Text message", "Flex Message", "Quick reply" and "Action objects" in the Messaging API reference. */
function lineScreen(message: LineMessage, quickRepliesStay: boolean): Payload {
  const quick = message.quickReply?.items.map(({ action }) => action) ?? [];
  const fixed = [...actionsIn(message.contents?.body), ...actionsIn(message.contents?.footer)];
  const faults = [...quick, ...fixed].flatMap(({ label = "", data = "x" }) => [
    ...atMost("label", label.length, 20),
    ...atMost("data", data.length, 300),
  ]);
  const postbacks = [...fixed, ...(quickRepliesStay ? quick : [])].filter(({ type }) => type === "postback");
  return {
    words: message.text ?? message.altText ?? "",
    buttons: postbacks.map(({ label = "", data }) => ({ label, press: data })),
    faults: [
      ...faults,
      ...(quick.length > 13 ? ["quick replies"] : []),
      ...(message.text === undefined
        ? atMost("altText", message.altText?.length ?? 0, 400)
        : atMost("text", message.text.length, 5_000)),
    ],
  };
}
