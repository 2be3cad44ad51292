import type { FlowContext } from "../../bots/flow.ts";
import type { InboundContent } from "../../bots/model/index.ts";
import { intakeWords } from "../text/intake.ts";
import { absorb } from "./absorb.ts";
import { type IntakeState, type IntakeStep, proceed, stay } from "./steps.ts";
import type { IntakeValues } from "./values.ts";

type MediaContent = Extract<InboundContent, { kind: "media" }>;

/** A request that opens with pictures or files, with or without words beside them. */
export async function startWithEvidence(
  ctx: FlowContext,
  values: IntakeValues,
  { media, text }: MediaContent,
): Promise<IntakeStep> {
  const collected = { ...values, evidence: media.map((each) => ({ ...each })) };
  return proceed(text ? { ...collected, ...(await absorb(ctx, collected, text)) } : collected);
}

/** Evidence is welcome at any point of the form. */
export async function attach(ctx: FlowContext, state: IntakeState, { media, text }: MediaContent): Promise<IntakeStep> {
  const evidence = [...state.values.evidence, ...media.map((each) => ({ ...each }))];
  const values = { ...state.values, evidence };
  const more = text ? await absorb(ctx, values, text) : {};
  const say = intakeWords.addedEvidence(evidence.length);
  const next: IntakeState = { values: { ...values, ...more }, asking: state.asking };
  return state.asking === "evidence" ? proceed(next.values, say) : stay(next, say);
}
