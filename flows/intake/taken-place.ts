import type { FlowContext } from "../../bots/flow.ts";
import type { InboundMessage, Media } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import type { Read } from "../form.ts";
import { nearWords, takenWords } from "../text/attachments.ts";
import { textOf, verbOf } from "./answer.ts";
import type { IntakeValues, TakenValue } from "./values.ts";

const THERE = new Set(
  "是 是的 对 对的 嗯 没错 就是 就在那里 就在那儿 就是那里 就是那儿 是那里 好 可以 确认".split(" "),
);
const ELSEWHERE = new Set("不是 否 不对 不在那里 不在那儿 不是那里 不是那儿 不是我来写 没有 错了".split(" "));
/** What opens an answer that names another place: "不是，在望京西园四区". */
const DENIAL = /^(?:(?:不是(?:的|那里|那儿)?|不对|不在那[里儿])[，,。.!！\s]+)?(?:是)?(?:在)?/u;

/** The first picture with a position is offered as the place: once for a request, and only while no place is known. */
export async function takenPlace(
  ctx: FlowContext,
  values: IntakeValues,
  media: readonly Media[],
): Promise<Pick<IntakeValues, "taken" | "placeUnknown">> {
  const pictured = media.find(({ position }) => position !== undefined);
  if (values.place || values.taken || !pictured?.position) return {};
  const by = pictured.mediaType === "video" ? "video" : "image";
  const { latitude, longitude } = pictured.position;
  const near = await ctx.gazetteer.nearest({ latitude, longitude });
  const place = { ...near, text: takenWords.place(nearWords(near), by) };
  // Who could not say where it is may still know the place when it is shown.
  return { taken: { by, near: nearWords(near), place }, placeUnknown: false };
}

/** The offer, as long as it stands. */
export const offeredPlace = ({ place, taken }: IntakeValues): Required<TakenValue> | undefined =>
  !place && taken?.place ? { ...taken, place: taken.place } : undefined;

export const askTaken = ({ near, by }: TakenValue) => takenWords.ask(near, by);

/** Yes or no to the offer; undefined for an answer that has to be read as a place of its own. */
export function readTaken(message: InboundMessage, values: IntakeValues): Read<IntakeValues> | undefined {
  const offered = offeredPlace(values);
  if (!offered) return undefined;
  const { verb } = verbOf(message);
  const typed = commandForm(textOf(message) ?? "").replaceAll(/[，,]/gu, "");
  const settled: TakenValue = { by: offered.by, near: offered.near };
  if (verb === "taken-there" || THERE.has(typed)) {
    return { kind: "filled", values: { place: offered.place, placeAskedAgain: true, taken: settled } };
  }
  if (verb === "taken-elsewhere" || ELSEWHERE.has(typed)) return { kind: "filled", values: { taken: settled } };
  return undefined;
}

export const withoutDenial = (text: string): string => text.replace(DENIAL, "") || text;
