import { dot } from "../../learning/choice.ts";
import { trim } from "../passages.ts";
import type { RankedQuestion } from "../ranking/read.ts";
import { type QuoteWindow, WINDOW_SIGNS, windowsOf } from "./windows.ts";

export interface Quoted {
  /** Verbatim, whole sentences, at most as long as was allowed. */
  quote: string;
  /** Share of the question's pairs of characters, by weight, that stand in it. */
  covered: number;
}

/** The passage of a document that answers best, by learned weights. `maxLength` in UTF-16 units. */
export function quoteOf(text: string, question: RankedQuestion, maxLength: number, weights: Float64Array): Quoted {
  const windows = windowsOf(text, question, maxLength);
  const valued = windows.map((window) => ({ window, value: dot(window.signs, weights) }));
  const best = valued.reduce<{ window: QuoteWindow; value: number } | undefined>(
    (found, one) => (found && found.value >= one.value ? found : one),
    undefined,
  );
  if (!best) return { quote: text.trim(), covered: 0 };
  const { start, end } = trim(text, best.window.span);
  return { quote: text.slice(start, end), covered: best.window.signs[WINDOW_SIGNS.indexOf("covered")] as number };
}
