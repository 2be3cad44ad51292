import type { FlowContext } from "../../bots/flow.ts";
import type { CardRow, OutboundMessage } from "../../bots/model/index.ts";
import { sameMatterWords } from "../text/same-matter.ts";
import { type IntakeValues, isConfidential, type SameMatterValue } from "./values.ts";

/** The name of the question, beside those of the fields. */
export const SAME_MATTER = "same-matter";

/** Other leaves that the same matter may have been filed under by somebody else. */
const ALIKE = 3;

/** A look at earlier tickets is worth repeating only when one of these has changed. */
const subject = (values: IntakeValues): string =>
  [values.category?.code, values.place?.text, isConfidential(values), values.kind].join("|");

/** The values with what was found of an earlier ticket; undefined when there is no need to look (again). */
export async function lookForSameMatter(ctx: FlowContext, values: IntakeValues): Promise<IntakeValues | undefined> {
  const { earlier, description, category, place } = values;
  const of = subject(values);
  if (description === undefined || earlier?.isDeclined || earlier?.of === of) return undefined;
  const found = await ctx.matters.sameAs({
    description,
    kind: values.kind,
    ...(category ? { category: category.code } : {}),
    alike: ctx.catalogue.rank(description, ALIKE).map(({ code }) => code),
    ...(place ? { place } : {}),
    at: ctx.now.toISOString(),
    alone: isConfidential(values) || values.enterprise === true,
  });
  const { joins: _joins, follows: _follows, ...rest } = values;
  return { ...rest, earlier: { of, ...(found ? { found: withName(ctx, found) } : {}) } };
}

const withName = (ctx: FlowContext, found: SameMatterValue): SameMatterValue & { what?: string } =>
  found.kind === "neighbours" ? { ...found, what: ctx.catalogue.leaf(found.category)?.path[2] ?? "" } : found;

export function askSameMatter({ earlier, place }: IntakeValues): OutboundMessage[] {
  const found = earlier?.found;
  if (!found) return [];
  if (found.kind === "own") {
    return found.status === "closed" ? sameMatterWords.ownClosed(found) : sameMatterWords.own(found);
  }
  const where = place?.subdistrict?.name ?? place?.district?.name ?? "";
  return sameMatterWords.neighbours(found, where, found.what ?? "");
}

/** What the summary says of the ticket that the request joins or follows. */
export function sameMatterRows({ joins, follows, earlier }: IntakeValues): CardRow[] {
  if (joins !== undefined && earlier?.found?.kind === "neighbours") {
    return [sameMatterWords.joinRow(earlier.found.voices)];
  }
  return follows === undefined ? [] : [sameMatterWords.followRow(follows)];
}
