import { z } from "zod";
import type { Gazetteer } from "../../bots/ports.ts";
import { measureResolving, type ResolvingScore } from "../../knowledge/places/measure-resolving.ts";
import { readJsonLines } from "./json-lines.ts";

const labelled = z
  .object({
    text: z.string(),
    code: z
      .string()
      .regex(/^\d{6}(\d{3}){0,2}$/, "6, 9 or 12 digits are wanted")
      .optional(),
    ambiguous: z.boolean().optional(),
  })
  .refine(({ code, ambiguous }) => code === undefined || !ambiguous, "a text with a code is not ambiguous");

/**
 * Lines `{text, code?, ambiguous?}` → one line: how often district, subdistrict and community are found, how many texts are given a
 * wrong division as certain (`wrong`) or a place that they do not name (`falsePlace`). A line without a code names no place.
 */
export async function* evaluateResolve(options: {
  input: AsyncIterable<string>;
  gazetteer: Pick<Gazetteer, "resolve" | "candidates">;
}): AsyncGenerator<ResolvingScore> {
  const pairs = [];
  for await (const { value } of readJsonLines(options.input, labelled)) {
    const found = await options.gazetteer.resolve(value.text);
    const readings = await options.gazetteer.candidates(value.text);
    pairs.push({ truth: value, found, readings: readings.length });
  }
  yield measureResolving(pairs);
}
