import type { FlowContext } from "../../bots/flow.ts";
import type { Place } from "../../bots/model/index.ts";
import { commandForm, visibleText } from "../../bots/plain.ts";
import type { Field, Read } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { excerpt } from "../text/labels.ts";
import { addToDescription } from "./absorb.ts";
import { textOf, verbOf } from "./answer.ts";
import { type IntakeValues, needsPlace, type PlaceValue } from "./values.ts";

const UNKNOWN_PLACE = new Set("不知道 不清楚 说不清 说不清地点 没有地点 没有 无 跳过 不方便说".split(" "));

/** Where it is; asked once more when only the district is known, so that it can go straight to the territory. */
export const placeField: Field<IntakeValues> = {
  name: "place",
  label: "地点",
  aliases: ["地址", "位置", "发生地点"],
  isMissing: (values) => needsPlace(values) && !values.placeUnknown && (!values.place || isVague(values)),
  ask: (values) => (values.place ? intakeWords.askPlaceMore(values.place.text) : intakeWords.askPlace()),
  async read(ctx, message, values) {
    const { content } = message;
    const { verb } = verbOf(message);
    if (verb === "no-place") return { kind: "filled", values: { placeUnknown: true } };
    if (verb === "place-enough") return { kind: "filled", values: { placeAskedAgain: true } };
    if (content.kind === "location") {
      return {
        kind: "filled",
        values: { place: storable(await ctx.gazetteer.nearest(content.point)), placeAskedAgain: true },
      };
    }
    const text = textOf(message);
    return text === undefined ? { kind: "pass" } : readPlace(ctx, values, text);
  },
  show: ({ place: known }) => (known ? showPlace(known) : "未写明"),
};

/** A place of which only the district is known, or nothing of the administrative tree, is asked for more precisely once. */
const isVague = ({ place: known, placeAskedAgain }: IntakeValues): boolean =>
  known !== undefined && !placeAskedAgain && !known.subdistrict && !known.point;

async function readPlace(ctx: FlowContext, values: IntakeValues, text: string): Promise<Read<IntakeValues>> {
  if (UNKNOWN_PLACE.has(commandForm(text)))
    return { kind: "filled", values: { placeUnknown: true, placeAskedAgain: true } };
  const found = await ctx.gazetteer.resolve(values.place ? `${values.place.text} ${text}` : text);
  if (!found) {
    const reading = await ctx.triage.read(text, ctx.now);
    if (!["request", "unclear"].includes(reading.intent) || commandForm(text).length < 2) return { kind: "pass" };
    if (/^\d+$/.test(commandForm(text))) return { kind: "pass" };
  }
  const words = values.place ? `${values.place.text}，${text}` : text;
  const long = visibleText(text).length > 40;
  const known: PlaceValue = found
    ? { ...storable(found), text: long ? found.text : words }
    : { text: excerpt(words, 200), confidence: 0 };
  return {
    kind: "filled",
    values: {
      place: known,
      ...(values.place ? { placeAskedAgain: true } : {}),
      ...(long ? addToDescription(values, text) : {}),
    },
  };
}

export const storable = (found: Place): PlaceValue => ({ ...found });

function showPlace({ text, district, subdistrict, community }: PlaceValue): string {
  const divisions = [district, subdistrict, community].flatMap((each) => (each ? [each.name] : []));
  const missing = divisions.filter((name) => !text.includes(name));
  return missing.length > 0 ? `${text}（${divisions.join(" ")}）` : text;
}
