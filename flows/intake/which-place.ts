import type { FlowContext } from "../../bots/flow.ts";
import type { Place } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import type { Field } from "../form.ts";
import { repairWords } from "../text/repair.ts";
import { textOf, verbOf } from "./answer.ts";
import type { IntakeValues, PlaceValue } from "./values.ts";

export const storable = (found: Place): PlaceValue => ({ ...found });

/** Where a ticket would go: places of one subdistrict need not be told apart. */
const territoryOf = ({ district, subdistrict }: Place): string | undefined => subdistrict?.code ?? district?.code;

/**
 * The place that a text names: none, one, or several of one name ("八里庄街道" of 朝阳 and of 海淀), which only the citizen can tell
 * apart. Two different places in one sentence are no such case: the likelier one is taken, and the summary shows it.
 */
export async function placeIn(ctx: FlowContext, text: string): Promise<Pick<IntakeValues, "place" | "placeChoices">> {
  const candidates = await ctx.gazetteer.candidates(text);
  const [first] = candidates;
  const oneName = candidates.every(({ text: name }) => name === first?.text);
  if (oneName && new Set(candidates.map(territoryOf)).size > 1) {
    return { placeChoices: candidates.map(storable) };
  }
  // One reading is certain, and is the place itself.
  const found = candidates.length > 1 ? ((await ctx.gazetteer.resolve(text)) ?? first) : first;
  return found ? { place: storable(found) } : {};
}

const divisionsOf = ({ district, subdistrict, community }: PlaceValue): string[] =>
  [district, subdistrict, community].flatMap((each) => (each ? [each.name] : []));

/** "朝阳", "朝阳区的" and "朝阳区" all name 朝阳区; nothing is matched by a part of a name. */
function isNamed(place: PlaceValue, typed: string): boolean {
  const said = typed.replace(/(?:的|那个|那边|这边)+$/u, "");
  const endings = ["", "区", "街道", "地区", "镇", "乡", "社区", "村"];
  return divisionsOf(place).some((name) => endings.some((ending) => `${said}${ending}` === name));
}

/** Asked as soon as a name turns out to belong to several places; never guessed. */
export const whichPlaceField: Field<IntakeValues> = {
  name: "which-place",
  label: "哪一个地方",
  aliases: [],
  isMissing: (values) => values.placeChoices !== undefined,
  ask: ({ placeChoices = [] }) =>
    repairWords.askWhichPlace(
      placeChoices[0]?.text ?? "",
      placeChoices.map((place) => divisionsOf(place).join(" ")),
    ),
  async read(ctx, message, { placeChoices = [] }) {
    const { verb, argument } = verbOf(message);
    if (verb === "which-place") {
      return { kind: "filled", values: { placeChoices: undefined, place: placeChoices[Number(argument)] } };
    }
    if (verb === "no-place") return { kind: "filled", values: { placeChoices: undefined, placeUnknown: true } };
    const text = textOf(message);
    if (text === undefined) return { kind: "pass" };
    const [only, ...more] = placeChoices.filter((place) => isNamed(place, commandForm(text)));
    if (only && more.length === 0) return { kind: "filled", values: { placeChoices: undefined, place: only } };
    const found = await placeIn(ctx, text);
    return found.place ? { kind: "filled", values: { placeChoices: undefined, place: found.place } } : { kind: "pass" };
  },
  show: () => undefined,
};
