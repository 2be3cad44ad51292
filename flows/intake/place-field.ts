import type { FlowContext } from "../../bots/flow.ts";
import type { OutboundMessage } from "../../bots/model/index.ts";
import { commandForm, visibleText } from "../../bots/plain.ts";
import type { Field, Read } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt } from "../text/labels.ts";
import { repairWords } from "../text/repair.ts";
import { addToDescription } from "./absorb.ts";
import { textOf, verbOf } from "./answer.ts";
import { isOtherMatter } from "./side-matters.ts";
import { askTaken, offeredPlace, readTaken, withoutDenial } from "./taken-place.ts";
import { type IntakeValues, needsPlace, type PlaceValue } from "./values.ts";
import { placeIn, storable } from "./which-place.ts";

const UNKNOWN_PLACE = new Set("不知道 不清楚 说不清 说不清地点 没有地点 没有 无 跳过 不方便说".split(" "));

/** Where it is; asked once more when only the district is known, so that it can go straight to the territory. */
export const placeField: Field<IntakeValues> = {
  name: "place",
  label: "地点",
  aliases: ["地址", "位置", "发生地点"],
  isMissing: (values) => needsPlace(values) && !values.placeUnknown && (!values.place || isVague(values)),
  ask(values) {
    const offered = offeredPlace(standing(values));
    if (offered) return askTaken(offered);
    const known = standing(values).place;
    return known ? intakeWords.askPlaceMore(known.text) : intakeWords.askPlace();
  },
  async read(ctx, message, said) {
    const values = standing(said);
    const { content } = message;
    const { verb } = verbOf(message);
    if (verb === "no-place") return { kind: "filled", values: { placeUnknown: true } };
    if (verb === "place-enough") return { kind: "filled", values: { placeAskedAgain: true } };
    if (content.kind === "location") {
      const place = storable(await ctx.gazetteer.nearest(content.point));
      return { kind: "filled", values: { place, placeAskedAgain: true }, say: pleaseConfirm(place) };
    }
    const taken = readTaken(message, values);
    if (taken) return taken;
    const text = textOf(message);
    if (text === undefined) return { kind: "pass" };
    return readPlace(ctx, values, offeredPlace(values) ? withoutDenial(text) : text);
  },
  show: ({ place: known }) => (known ? showPlace(known) : "未写明"),
};

/** A place that is to be replaced does not take part in reading the new one. */
const standing = (values: IntakeValues): IntakeValues =>
  values.reopened === "place" ? { ...values, place: undefined } : values;

/** A place of which only the district is known, or nothing of the administrative tree, is asked for more precisely once. */
const isVague = ({ place: known, placeAskedAgain }: IntakeValues): boolean =>
  known !== undefined && !placeAskedAgain && !known.subdistrict && !known.point;

async function readPlace(ctx: FlowContext, values: IntakeValues, text: string): Promise<Read<IntakeValues>> {
  if (UNKNOWN_PLACE.has(commandForm(text)))
    return { kind: "filled", values: { placeUnknown: true, placeAskedAgain: true } };
  const { place: found, placeChoices } = await placeIn(ctx, values.place ? `${values.place.text} ${text}` : text);
  if (placeChoices) return { kind: "filled", values: { place: undefined, placeChoices } };
  if (!found) return readUnlisted(ctx, values, text);
  const long = visibleText(text).length > 40;
  const place: PlaceValue = { ...found, text: long ? found.text : joinedWords(values, text) };
  return { kind: "filled", values: { place, ...askedOnce(values), ...(long ? addToDescription(values, text) : {}) } };
}

/** Words that name nothing of the city's list: still the place, unless they are plainly something else. */
async function readUnlisted(ctx: FlowContext, values: IntakeValues, text: string): Promise<Read<IntakeValues>> {
  const typed = commandForm(text);
  const reading = await ctx.triage.read(text, ctx.now);
  if (!["request", "unclear"].includes(reading.intent) || typed.length < 2) return { kind: "pass" };
  if (/^\d+$/.test(typed)) return { kind: "pass" };
  if (await isOtherMatter(ctx, values, text)) return { kind: "filled", values: { aside: text } };
  const place: PlaceValue = { text: excerpt(joinedWords(values, text), 200), confidence: 0 };
  const long = visibleText(text).length > 40;
  return { kind: "filled", values: { place, ...askedOnce(values), ...(long ? addToDescription(values, text) : {}) } };
}

const joinedWords = ({ place }: IntakeValues, text: string): string => (place ? `${place.text}，${text}` : text);

const askedOnce = ({ place }: IntakeValues): Partial<IntakeValues> => (place ? { placeAskedAgain: true } : {});

/** A division that was only reckoned from a point is said aloud, so that the citizen can put it right. */
export const pleaseConfirm = ({ estimated, district, subdistrict }: PlaceValue): OutboundMessage[] =>
  estimated && district ? repairWords.nearPlace(`${district.name}${subdistrict?.name ?? ""}`) : [];

/** Said when a shared point takes the place of what was known. */
export function moved(place: PlaceValue): OutboundMessage[] {
  const near = pleaseConfirm(place);
  return near.length > 0 ? near : intakeWords.changed("地点");
}

function showPlace({ text, district, subdistrict, community, estimated }: PlaceValue): string {
  const divisions = [district, subdistrict, community].flatMap((each) => (each ? [each.name] : []));
  const missing = divisions.filter((name) => !text.includes(name));
  if (missing.length === 0) return text;
  return estimated ? `${text}（约在 ${divisions.join(" ")}，请核对）` : `${text}（${divisions.join(" ")}）`;
}
