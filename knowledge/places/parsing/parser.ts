import { createPathFinder } from "./best-path.ts";
import { readContext } from "./context.ts";
import type { DivisionNames } from "./division-names.ts";
import { type PlacesModel, weighing } from "./model.ts";
import { addJudgements } from "./network/evidence.ts";
import { createJudge } from "./network/network.ts";
import { scoreText } from "./score.ts";
import { windowsOf } from "./windows.ts";

/** A part of an address; `start` and `end` count UTF-16 units, and `text` stands between them. */
export interface AddressSpan {
  label: string;
  start: number;
  end: number;
  text: string;
}

export interface AddressParser {
  /** Divides all of `text`, which is taken for an address, into labelled parts without gaps. Never throws on odd text. */
  parse(text: string): AddressSpan[];
}

/** Longer texts are parsed stretch by stretch, so that the work grows with the length and not faster. */
const MOST_UNITS = 100;

/** What the networks say counts this much beside the weights; chosen on held-out training addresses. */
const TRUST = 0.6;

export function createAddressParser({ model, names }: { model: PlacesModel; names: DivisionNames }): AddressParser {
  const { grammar, longest, chain } = model;
  const characters = weighing(model.characters);
  const segments = weighing(model.segments);
  const bestPath = createPathFinder(grammar, chain);
  const size = { labels: grammar.labels.length, longest };
  const judges = model.networks.map(createJudge);
  const parseWindow = (text: string, offset: number): AddressSpan[] => {
    const context = readContext(text, names);
    const scores = scoreText(context, size, characters, segments);
    addJudgements(scores, context, judges, TRUST);
    return bestPath(scores).map(({ start, end, label }) => ({
      label: grammar.labels[label] as string,
      start: start + offset,
      end: end + offset,
      text: text.slice(start, end),
    }));
  };
  return {
    parse: (text) =>
      windowsOf(text, MOST_UNITS).flatMap(({ start, end }) => parseWindow(text.slice(start, end), start)),
  };
}
