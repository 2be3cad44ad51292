import type { ChannelCapabilities, Choice, OutboundMessage } from "./model/index.ts";

/**
 * Reduces a message to what a channel can show, in one or more messages of the same kinds. No word and no choice is lost:
 * what cannot be a button is a numbered line (the citizen answers with the number), what is too long goes on in the next
 * message, and choices stand on the last one. Only a URL or a title that is longer than the channel's limit stays whole.
 */
export function fit(message: OutboundMessage, capabilities: ChannelCapabilities): OutboundMessage[] {
  switch (message.kind) {
    case "text":
      return texts(splitText(message.text, capabilities.maxTextLength)).map((piece) =>
        message.speaker === undefined ? piece : { ...piece, speaker: message.speaker },
      );
    case "choices":
      return fitChoices("choices", message.text, message.choices, capabilities).map((piece) =>
        message.asks && piece.kind === "choices" ? { ...piece, asks: message.asks } : piece,
      );
    case "ask-location":
      return fitChoices(
        capabilities.canAskLocation ? "ask-location" : "choices",
        message.text,
        message.choices,
        capabilities,
      );
    case "link":
      return fitLink(message, capabilities.maxTextLength);
    case "card":
      return fitCard(message, capabilities);
    default:
      throw new Error("unknown kind of message", { cause: message satisfies never });
  }
}

/** Everything a card says, as text; its choices are not part of it. */
export function cardText(card: { title: string; rows: { label: string; value: string }[]; text: string }): string {
  const rows = card.rows.map((row) => `${row.label}：${row.value}`);
  return [card.title, ...rows, card.text].filter((line) => line !== "").join("\n");
}

/** Everything a link message says, as text. */
export const linkText = (link: { text: string; title: string; url: string }): string =>
  // "拨打 119" names its number already.
  [link.text, link.title, link.url.startsWith("tel:") ? "" : link.url].filter((line) => line !== "").join("\n");

function fitChoices(
  kind: "choices" | "ask-location",
  text: string,
  choices: Choice[],
  capabilities: ChannelCapabilities,
): OutboundMessage[] {
  // All of them become lines, not only the surplus: a row of buttons beside a list looks like the whole offer.
  const asButtons = choices.length <= capabilities.maxChoices;
  const words = asButtons ? text : withNumberedLines(text, choices);
  const buttons = asButtons ? choices : [];
  const pieces = splitText(words, capabilities.maxTextLength);
  const last = pieces.pop() ?? "";
  if (kind === "choices" && buttons.length === 0) return texts([...pieces, last]);
  return [...texts(pieces), { kind, text: last, choices: buttons }];
}

/**
 * The words with the choices as lines to answer. A number that the engine has not counted (news come outside of turns) would mean
 * another choice, or none, when it is typed; the words of the button always mean it.
 */
export function withNumberedLines(text: string, choices: Choice[]): string {
  const isNumbered = choices.every(({ number }) => number !== undefined);
  const lines = choices.map(({ label, number }) => (isNumbered ? `${number}. ${label}` : `可以回复“${label}”。`));
  const head = isNumbered && choices.length > 0 ? ["回复序号即可选择："] : [];
  return [text, ...head, ...lines].filter((line) => line !== "").join("\n");
}

function fitLink(link: OutboundMessage & { kind: "link" }, maxTextLength: number): OutboundMessage[] {
  const room = maxTextLength - linkText({ ...link, text: "" }).length - 1;
  if (link.text.length <= room) return [link];
  return [...texts(splitText(link.text, maxTextLength)), { ...link, text: "" }];
}

function fitCard(card: OutboundMessage & { kind: "card" }, capabilities: ChannelCapabilities): OutboundMessage[] {
  const words = cardText(card);
  if (!capabilities.canShowCards || words.length > capabilities.maxTextLength) {
    return fitChoices("choices", words, card.choices, capabilities);
  }
  if (card.choices.length <= capabilities.maxChoices) return [card];
  const numbered = { ...card, text: withNumberedLines(card.text, card.choices), choices: [] };
  return cardText(numbered).length <= capabilities.maxTextLength
    ? [numbered]
    : [{ ...card, choices: [] }, ...fitChoices("choices", "", card.choices, capabilities)];
}

const texts = (pieces: string[]): (OutboundMessage & { kind: "text" })[] =>
  pieces.map((text) => ({ kind: "text", text }));

/** Where a long text may be cut, best first; the cut comes after the match. */
const BREAKS = [/\n+/gu, /[。！？；…]+[”’」』）)]*|[.!?;]+(?=\s)/gu, /[，、：]|\s+/gu];

/** Pieces of at most `maxLength` UTF-16 units; white space at the cuts goes, everything else stays. */
function splitText(text: string, maxLength: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > maxLength) {
    const end = cutPosition(rest, maxLength);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  pieces.push(rest);
  const spoken = pieces.filter((piece) => piece !== "");
  return spoken.length > 0 ? spoken : [""];
}

function cutPosition(text: string, maxLength: number): number {
  const window = text.slice(0, maxLength + 1);
  const places = BREAKS.map((pattern) => [...window.matchAll(pattern)].map((match) => match.index + match[0].length));
  const best = places.map((ends) => ends.filter((end) => end <= maxLength).at(-1) ?? 0);
  // A sentence that ends in the first quarter would make a tiny message; a lesser break further on reads better than that,
  // and any break at all reads better than a cut through a word or a URL.
  return best.find((end) => end >= maxLength / 4) ?? best.find((end) => end > 0) ?? graphemeEnd(text, maxLength);
}

const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });

/** The last end of a whole character as people see it; inside one that alone is too long, at least between code points. */
function graphemeEnd(text: string, maxLength: number): number {
  // Looked at with some of what follows: cut off too early, half a character would seem a whole one.
  const window = text.slice(0, maxLength + 64);
  const starts = Array.from(graphemes.segment(window), (segment) => segment.index);
  const best = starts.filter((start) => start > 0 && start <= maxLength).at(-1);
  if (best !== undefined) return best;
  const splitsPair =
    /[\uD800-\uDBFF]/.test(window.charAt(maxLength - 1)) && /[\uDC00-\uDFFF]/.test(window.charAt(maxLength));
  return splitsPair && maxLength > 1 ? maxLength - 1 : maxLength;
}
