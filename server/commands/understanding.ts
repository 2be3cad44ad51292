import { z } from "zod";
import type { CategoryGuess, Reading } from "../../bots/model/index.ts";
import type { Catalogue, Gazetteer, Triage } from "../../bots/ports.ts";
import { slotValue } from "../../bots/slots.ts";
import { readJsonLines } from "./json-lines.ts";

const message = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

/**
 * `{id, text}` → kind, danger and statutory matter, best category and the next, place, time, contact and wish, every slot with where it
 * stands, abuse, and the parts of a message that brings several matters; as far as the text has them.
 */
export async function* triageRead(options: {
  input: AsyncIterable<string>;
  triage: Triage;
  catalogue: Pick<Catalogue, "leaf">;
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
      statutory: reading.statutory !== undefined,
      category: reading.categories[0] ?? otherMatters(options.catalogue),
      runnerUp: reading.categories[1],
      place: place?.text,
      when: slotValue(reading, "occurredAt"),
      contact: contactOf(reading),
      wants: slotValue(reading, "wants"),
      slots: reading.slots,
      abuse: reading.abuse,
      matters: reading.matters,
    };
  }
}

/** The leaf 其他事项 of the 派单目录: where a text goes that says nothing of a matter. */
const OTHER_LEAF = "999999";

function otherMatters(catalogue: Pick<Catalogue, "leaf">): CategoryGuess | undefined {
  const leaf = catalogue.leaf(OTHER_LEAF);
  return leaf && { ...leaf, confidence: 0 };
}

function contactOf(reading: Reading): { name?: string; phone?: string } | undefined {
  const name = slotValue(reading, "name");
  const phone = slotValue(reading, "phone");
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
