import { type DivisionNames, loadDivisionNames } from "../division-names.ts";
import type { LabelledStretch } from "../measure.ts";
import type { PlacesModel } from "../model.ts";
import type { Example } from "./encode.ts";
import { trainNetwork } from "./network/train-network.ts";
import { train } from "./train.ts";

/** An address with its parts, which tile it without gaps. */
export interface LabelledAddress {
  text: string;
  spans: readonly LabelledStretch[];
}

export interface PlacesTraining {
  lines: readonly LabelledAddress[];
  names?: DivisionNames;
  /** Passes of the weights of features. */
  epochs?: number;
  /** The networks to learn, and their passes. */
  networks?: { seeds: readonly number[]; epochs: number; inputs?: number; cells?: number };
  /** Told of the mean negative log-likelihood after each pass. */
  onPass?: (learner: string, pass: number, loss: number) => void;
}

/** A label seen less often than this cannot be learned, and addresses that have it are left out. */
const LEAST_SPANS = 4;
const LONGEST_SEGMENT = 16;
const EPOCHS = 6;
const NETWORKS = { seeds: [7], epochs: 6 };
const SIZE = { inputs: 64, cells: 80 };

/** Learns the parser's weights and networks. Deterministic; ten minutes of processor time for 10,000 addresses. Throws when no address can be learned from. */
export function trainPlaces(training: PlacesTraining): PlacesModel {
  const { lines, names = loadDivisionNames(), epochs = EPOCHS, onPass } = training;
  const labels = frequentLabels(lines);
  const tiled = lines.flatMap((line) => exampleOf(line, labels) ?? []);
  const examples = tiled.filter(({ segments }) => segments.every(({ start, end }) => end - start <= LONGEST_SEGMENT));
  if (examples.length === 0)
    throw new Error("no address to learn from: parts must tile their text, each label in four places or more");
  const model = train(examples, {
    labels,
    longest: LONGEST_SEGMENT,
    names,
    least: 2,
    epochs,
    rate: 0.05,
    penalty: 6e-5,
    onEpoch: (pass, loss) => onPass?.("features", pass, loss),
  });
  const { seeds, ...passes } = training.networks ?? NETWORKS;
  const networks = seeds.map((seed) =>
    trainNetwork(tiled, {
      labels: labels.length,
      names,
      ...SIZE,
      ...passes,
      rate: 0.003,
      seed,
      onEpoch: (pass, loss) => onPass?.(`network ${seed}`, pass, loss),
    }),
  );
  return { ...model, networks };
}

function frequentLabels(lines: readonly LabelledAddress[]): string[] {
  const times = new Map<string, number>();
  for (const { spans } of lines) for (const { label } of spans) times.set(label, (times.get(label) ?? 0) + 1);
  return [...times].flatMap(([label, count]) => (count >= LEAST_SPANS ? [label] : [])).sort();
}

/** `undefined` when the parts leave gaps or overlap, or when one has a rare label. */
function exampleOf({ text, spans }: LabelledAddress, labels: readonly string[]): Example | undefined {
  const segments = spans
    .map(({ label, start, end }) => ({ label: labels.indexOf(label), start, end }))
    .sort((a, b) => a.start - b.start);
  let at = 0;
  for (const { label, start, end } of segments) {
    if (label < 0 || start !== at) return undefined;
    at = end;
  }
  return at === text.length && at > 0 ? { text, segments } : undefined;
}
