import { parseActivity as parseBotFramework } from "../../../adapters/bot-framework/index.ts";
import { piecesOf as botFrameworkPieces } from "../../../adapters/bot-framework/render.ts";
import { plainActivity, teamsActivity, teamsPress } from "../../fakes/bot-framework-activities.ts";
import { AT, atMost, bytes, keyed, type Platform, PUBLIC_URL } from "./platform.ts";

interface CardElement {
  inlines?: { text: string }[];
  actions?: { type: string; title: string; data?: unknown }[];
}

export function inBotFramework(channelId: "msteams" | "slack", mostText: number): Platform {
  const service = "https://smba.trafficmanager.net/cn/";
  const activity = (fields: object) =>
    channelId === "msteams" ? teamsActivity("u", service, fields) : plainActivity(channelId, "c", service, fields);
  return {
    name: `bot-framework ${channelId}`,
    channel: "bot-framework",
    payloads: (turn) =>
      keyed(turn)
        .flatMap(({ key, message }) => botFrameworkPieces(key, message, { channelId, publicUrl: PUBLIC_URL }))
        .map((piece) => {
          const cards = piece.activity.attachments ?? [];
          const elements = cards.flatMap((card) => card.content.body as CardElement[]);
          const inCard = elements.flatMap(({ inlines }) => inlines?.map(({ text }) => text).join("") ?? []);
          const words = [piece.activity.text, ...inCard].filter(Boolean).join("\n");
          const submits = elements
            .flatMap(({ actions = [] }) => actions)
            .filter(({ type }) => type === "Action.Submit");
          return {
            words,
            buttons: submits.map(({ title, data }) => ({ label: title, press: data })),
            faults: [
              ...atMost("text", words.length, mostText),
              ...cards.flatMap((card) => atMost("card", bytes(JSON.stringify(card)), 28 * 1024)),
              ...submits.flatMap(({ title }) => atMost("title", title.length, 60)),
            ],
          };
        }),
    read(deed) {
      const update =
        deed.kind === "press"
          ? teamsPress("u", service, deed.button.press)
          : activity(
              deed.kind === "say" ? { text: deed.text } : { entities: [{ type: "GeoCoordinates", ...deed.point }] },
            );
      const parsed = parseBotFramework(update, AT);
      return parsed?.kind === "said" ? parsed.content : undefined;
    },
  };
}
