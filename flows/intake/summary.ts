import { parseChoiceId } from "../../bots/choices.ts";
import type { FlowContext } from "../../bots/flow.ts";
import { isMereInsult } from "../../bots/insult.ts";
import type { InboundMessage } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { readCorrection } from "../form.ts";
import { intakeWords } from "../text/intake.ts";
import { addMore } from "./absorb.ts";
import { readContact } from "./contact.ts";
import { correct, reopen } from "./correct.ts";
import { intakeFields } from "./fields.ts";
import { moved } from "./place-field.ts";
import { isOtherMatter } from "./side-matters.ts";
import { type IntakeState, type IntakeStep, proceed, stay } from "./steps.ts";
import { submit } from "./submit.ts";
import { storable } from "./which-place.ts";

const CONFIRM = new Set(
  "确认 确认提交 提交 是 是的 对 对的 没错 没问题 正确 好 好的 可以 行 同意 ok yes 确定 都对 确认无误 无误 就这样 嗯 嗯嗯".split(
    " ",
  ),
);

/** Words that can mean nothing but that the form be sent off. */
export const wantsToSubmit = (text: string): boolean =>
  /^(?:确认|提交|登记|确认提交|确认无误|(?:直接|现在|马上|就这样|帮我|给我)(?:提交|登记))(?:吧|一下)?$/u.test(
    commandForm(text),
  );
const EDIT = new Set("修改 改 改一下 我要修改 我要改 要改 不对 错了 有误 不是 不正确 否".split(" "));

/** At the summary: confirm, correct, add, or leave for another flow. */
export async function readSummary(ctx: FlowContext, state: IntakeState, message: InboundMessage): Promise<IntakeStep> {
  const { content } = message;
  switch (content.kind) {
    case "choice":
      return readButton(ctx, state, message, content.choiceId);
    case "location": {
      const place = storable(await ctx.gazetteer.nearest(content.point));
      return proceed({ ...state.values, place, placeAskedAgain: true }, moved(place));
    }
    case "text":
      return readText(ctx, state, message, content.text);
    default:
      return { next: "pass" };
  }
}

async function readButton(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
  choiceId: string,
): Promise<IntakeStep> {
  const { verb, argument } = parseChoiceId(choiceId);
  const { correction, requestId } = state.values;
  if (verb === "confirm" && argument === requestId) return submit(ctx, state.values);
  if (verb !== "edit") return { next: "pass" };
  if (argument === "") return stay({ values: state.values, asking: "choose-field" });
  return correction === undefined ? reopen(ctx, state, argument) : correct(ctx, state, message, argument, correction);
}

async function readText(
  ctx: FlowContext,
  state: IntakeState,
  message: InboundMessage,
  text: string,
): Promise<IntakeStep> {
  const typed = commandForm(text);
  if (CONFIRM.has(typed)) return submit(ctx, state.values);
  if (EDIT.has(typed)) return stay({ values: state.values, asking: "choose-field" });
  if (state.asking === "choose-field" && state.values.correction === undefined) {
    const named = readCorrection(intakeFields, text)?.field;
    if (named) return reopen(ctx, state, named.name);
  }
  const contact = readContact(text);
  if (contact.phone && text.trim().length < 30) return correct(ctx, state, message, "contact", text);
  const reading = await ctx.reading();
  if (reading && (isMereInsult(reading, text) || !["request", "unclear"].includes(reading.intent)))
    return { next: "pass" };
  if (typed.length < 3 || /^\d+$/.test(typed)) return { next: "pass" };
  if (await isOtherMatter(ctx, state.values, text)) return proceed({ ...state.values, aside: text });
  return proceed({ ...state.values, ...(await addMore(ctx, state.values, text)) }, intakeWords.added());
}
