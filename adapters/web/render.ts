import { cardText, linkText } from "../../bots/fit.ts";
import type { Choice, OutboundMessage } from "../../bots/model/index.ts";
import type { Account, ActivityDraft, Attachment } from "./client.ts";

type Said = Omit<ActivityDraft, "type" | "timestamp" | "from">;

/**
 * A message as an activity of the bot. `text` says everything by itself, for clients that show nothing else; where a card
 * repeats it, `channelData.card.text` holds the words that are not in the card.
 */
export function renderActivity(message: OutboundMessage, options: { from: Account; at: Date }): ActivityDraft {
  const draft = {
    type: "message",
    timestamp: options.at.toISOString(),
    from: options.from,
    textFormat: "plain" as const,
  };
  return { ...draft, ...said(message) };
}

function said(message: OutboundMessage): Said {
  switch (message.kind) {
    case "text":
      return {
        text: message.text,
        inputHint: "acceptingInput",
        ...(message.speaker === undefined ? {} : { channelData: { speaker: message.speaker } }),
      };
    case "choices":
      return { text: message.text, ...offering(message.choices) };
    case "ask-location": {
      const offer = offering(message.choices);
      return { text: message.text, ...offer, channelData: { ...offer.channelData, askLocation: true } };
    }
    case "link":
      return renderLink(message);
    case "card":
      return renderCard(message);
    default:
      throw new Error("unknown kind of message", { cause: message satisfies never });
  }
}

/**
 * Buttons as suggested actions of type postBack, whose value is the choice's id: pressed, they name the choice exactly,
 * however often a label is repeated in the conversation.
 */
function offering(choices: Choice[]): Said {
  if (choices.length === 0) return { inputHint: "expectingInput" };
  return {
    inputHint: "expectingInput",
    suggestedActions: {
      actions: choices.map((choice) => ({ type: "postBack", title: choice.label, value: choice.id })),
    },
    channelData: { choices: choices.map(({ id, label, number }) => ({ id, label, number })) },
  };
}

function renderLink(link: OutboundMessage & { kind: "link" }): Said {
  const text = linkText(link);
  // A link out of imported knowledge could carry script; such a one is shown as text only.
  if (!/^(?:https?:|tel:|\/(?!\/))/i.test(link.url)) return { text, inputHint: "acceptingInput" };
  const buttons = [{ type: "openUrl", title: link.title, value: link.url }];
  return {
    text,
    inputHint: "acceptingInput",
    attachments: [{ contentType: "application/vnd.microsoft.card.hero", content: { buttons } }],
    channelData: { link: { title: link.title, url: link.url } },
  };
}

function renderCard(card: OutboundMessage & { kind: "card" }): Said {
  const { title, rows, text } = card;
  const offer = offering(card.choices);
  return {
    text: cardText(card),
    ...offer,
    attachments: [adaptiveCard(title, rows)],
    channelData: {
      ...offer.channelData,
      card: { title, rows: rows.map(({ label, value }) => ({ label, value })), text },
    },
  };
}

const adaptiveCard = (title: string, rows: { label: string; value: string }[]): Attachment => ({
  contentType: "application/vnd.microsoft.card.adaptive",
  content: {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.3",
    body: [
      { type: "TextBlock", text: title, weight: "Bolder", wrap: true },
      { type: "FactSet", facts: rows.map(({ label, value }) => ({ title: label, value })) },
    ],
  },
});
