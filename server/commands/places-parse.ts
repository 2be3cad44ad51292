import { writeFile } from "node:fs/promises";
import { z } from "zod";
import type { AddressFinder } from "../../knowledge/places/parsing/address-in.ts";
import { measurePlaces, type PlacesScore } from "../../knowledge/places/parsing/measure.ts";
import { encodeModel } from "../../knowledge/places/parsing/model-file.ts";
import type { AddressSpan } from "../../knowledge/places/parsing/parser.ts";
import { trainPlaces } from "../../knowledge/places/parsing/training/train-places.ts";
import { readJsonLines } from "./json-lines.ts";

type Input = AsyncIterable<string>;

const message = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });
const labelled = z
  .object({
    text: z.string(),
    spans: z.array(z.object({ label: z.string().min(1), start: z.int().min(0), end: z.int().min(1) })),
  })
  .refine(
    ({ text, spans }) => spans.every(({ start, end }) => start < end && end <= text.length),
    "a span lies outside the text",
  );

/** `{id, text}` → `{id, spans: [{label, start, end, text}]}` in UTF-16 offsets: all of an address, or the addresses in a sentence. */
export async function* placesParse(options: {
  input: Input;
  finder: Pick<AddressFinder, "spansOf">;
}): AsyncGenerator<{ id: string | number; spans: AddressSpan[] }> {
  for await (const { value } of readJsonLines(options.input, message)) {
    yield { id: value.id, spans: options.finder.spansOf(value.text) };
  }
}

/** Lines `{text, spans}` → one line: precision, recall and F1 of exact spans with exact labels, in all and per label. */
export async function* evaluatePlaces(options: {
  input: Input;
  finder: Pick<AddressFinder, "spansOf">;
}): AsyncGenerator<PlacesScore> {
  const pairs = [];
  for await (const { value } of readJsonLines(options.input, labelled)) {
    pairs.push({ truth: value.spans, found: options.finder.spansOf(value.text) });
  }
  yield measurePlaces(pairs);
}

/** Lines `{text, spans}` → the file `out`. `onPass` is told of the mean loss after each pass over the texts; takes a quarter of an hour and more. */
export async function* placesTrain(options: {
  input: Input;
  out: string;
  onPass?: (learner: string, pass: number, loss: number) => void;
}): AsyncGenerator<{ texts: number; bytes: number; out: string }> {
  const lines = [];
  for await (const { value } of readJsonLines(options.input, labelled)) lines.push(value);
  const file = encodeModel(trainPlaces({ lines, onPass: options.onPass }));
  await writeFile(options.out, file);
  yield { texts: lines.length, bytes: file.length, out: options.out };
}
