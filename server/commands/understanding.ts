import { z } from "zod";
import type { Reading } from "../../bots/model/index.ts";
import type { Gazetteer, Triage } from "../../bots/ports.ts";
import { statutoryMatterIn } from "../../knowledge/triage/statutory.ts";
import { readJsonLines } from "./json-lines.ts";

const message = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

/** `{id, text}` → kind, danger and statutory matter, best category, place, time, contact and wish, as far as the text has them. */
export async function* triageRead(options: {
  input: AsyncIterable<string>;
  triage: Triage;
  gazetteer: Gazetteer;
  at: Date;
}): AsyncGenerator<object> {
  for await (const { value } of readJsonLines(options.input, message)) {
    const reading = await options.triage.read(value.text, options.at);
    const place = await options.gazetteer.resolve(value.text);
    yield {
      id: value.id,
      kind: reading.kind,
      emergency: reading.danger !== undefined,
      statutory: statutoryMatterIn(value.text) !== undefined,
      category: reading.categories[0],
      place: place?.text,
      when: reading.occurredAt,
      contact: contactOf(reading),
      wants: reading.wants,
    };
  }
}

function contactOf({ name, phone }: Reading): { name?: string; phone?: string } | undefined {
  return name === undefined && phone === undefined ? undefined : { name, phone };
}

/** `{id, text}` → names of the divisions the text speaks of, the code of the lowest, and how sure that is (0: no place found). */
export async function* placesResolve(options: {
  input: AsyncIterable<string>;
  gazetteer: Gazetteer;
}): AsyncGenerator<object> {
  for await (const { value } of readJsonLines(options.input, message)) {
    const place = await options.gazetteer.resolve(value.text);
    const lowest = place?.community ?? place?.subdistrict ?? place?.district;
    yield {
      id: value.id,
      district: place?.district?.name,
      subdistrict: place?.subdistrict?.name,
      community: place?.community?.name,
      code: lowest?.code,
      confidence: place?.confidence ?? 0,
    };
  }
}
