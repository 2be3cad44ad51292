import type { Json, RequestKind } from "../../bots/model/index.ts";
import { restoreAttachments } from "../attachments.ts";
import { type IntakeState, nextQuestion } from "./steps.ts";
import type { IntakeValues } from "./values.ts";

type JsonObject = { [key: string]: Json | undefined };

const KINDS: RequestKind[] = ["consultation", "suggestion", "complaint", "report", "help", "emergency", "praise"];
const TEXTS = [
  "description",
  "occurredAt",
  "wants",
  "company",
  "creditCode",
  "name",
  "phone",
  "phoneSeen",
  "nameSeen",
  "consentAt",
  "voiceNoted",
  "follows",
  "smallMatter",
  "groupRecord",
] as const;
const FLAGS = [
  "kindChosen",
  "enterprise",
  "creditCodeLeftOpen",
  "categoryLeftOpen",
  "categoryDeclined",
  "placeUnknown",
  "placeAskedAgain",
  "anonymous",
  "confidential",
] as const;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Takes over what another version of the form had kept: every value that still has the shape it should have. The form then
 * goes on with whatever is missing. Undefined when not even the request's id is there.
 */
export function restoreState(saved: Json): IntakeState | undefined {
  const from = isObject(saved) ? saved.values : undefined;
  if (!isObject(from) || typeof from.requestId !== "string") return undefined;
  const values: IntakeValues = {
    requestId: from.requestId,
    kind: KINDS.find((kind) => kind === from.kind) ?? "complaint",
    guesses: [],
    evidence: restoreAttachments(from.evidence),
    ...Object.fromEntries(TEXTS.flatMap((key) => (typeof from[key] === "string" ? [[key, from[key]]] : []))),
    ...Object.fromEntries(FLAGS.flatMap((key) => (typeof from[key] === "boolean" ? [[key, from[key]]] : []))),
    ...restoreMatters(from),
    ...restoreEarlier(from.earlier),
    ...restoreFacts(from),
    ...restoreCategory(from.category),
    ...restorePlace(from.place),
    ...restoreTaken(from.taken),
  };
  return { values, asking: nextQuestion(values)?.name ?? "summary" };
}

/** What was declined is not asked again; what was joined is, as nothing tells whether that ticket is still the same matter. */
function restoreEarlier(saved: Json | undefined): Pick<IntakeValues, "earlier"> {
  return isObject(saved) && saved.isDeclined === true ? { earlier: { of: "", isDeclined: true } } : {};
}

const isText = (value: Json): value is string => typeof value === "string";
const textsOf = (value: Json | undefined): string[] => (Array.isArray(value) ? value.filter(isText) : []);

/** Other matters that were said and are not filed yet must not get lost with the form's shape. */
function restoreMatters(from: JsonObject): Pick<IntakeValues, "pending" | "split" | "aside"> {
  const pending = textsOf(from.pending);
  const parts = isObject(from.split) ? textsOf(from.split.parts) : [];
  const whole = isObject(from.split) && typeof from.split.whole === "string" ? from.split.whole : parts.join("\n");
  return {
    ...(pending.length > 0 ? { pending } : {}),
    ...(parts.length > 1 ? { split: { parts, whole } } : {}),
    ...(typeof from.aside === "string" ? { aside: from.aside } : {}),
  };
}

const FACTS = ["unit", "amount", "plate", "orderNumber"] as const;

function restoreFacts(from: JsonObject): Pick<IntakeValues, "facts" | "period"> {
  const facts = (Array.isArray(from.facts) ? from.facts : []).flatMap((fact) => {
    const kind = isObject(fact) ? FACTS.find((each) => each === fact.kind) : undefined;
    if (!kind || !isObject(fact) || typeof fact.text !== "string" || typeof fact.value !== "string") return [];
    return [{ kind, text: fact.text, value: fact.value }];
  });
  const { period } = from;
  const dated = isObject(period) && typeof period.from === "string" ? period : undefined;
  return {
    ...(facts.length > 0 ? { facts } : {}),
    ...(dated
      ? { period: { from: String(dated.from), ...(typeof dated.to === "string" ? { to: dated.to } : {}) } }
      : {}),
  };
}

function restoreTaken(saved: Json | undefined): Pick<IntakeValues, "taken"> {
  if (!isObject(saved) || typeof saved.near !== "string") return {};
  const by = saved.by === "video" ? "video" : "image";
  return { taken: { by, near: saved.near, ...restorePlace(saved.place) } };
}

function restoreCategory(saved: Json | undefined): Pick<IntakeValues, "category"> {
  if (!isObject(saved) || typeof saved.code !== "string" || !Array.isArray(saved.path)) return {};
  const [first, second, third] = saved.path;
  if (typeof first !== "string" || typeof second !== "string" || typeof third !== "string") return {};
  return { category: { code: saved.code, path: [first, second, third] } };
}

function restorePlace(saved: Json | undefined): Pick<IntakeValues, "place"> {
  if (!isObject(saved) || typeof saved.text !== "string") return {};
  const divisions = (["district", "subdistrict", "community"] as const).flatMap((level) => {
    const division = saved[level];
    const fits = isObject(division) && typeof division.code === "string" && typeof division.name === "string";
    return fits ? [[level, { code: division.code, name: division.name }]] : [];
  });
  const confidence = typeof saved.confidence === "number" ? saved.confidence : 0;
  const { point } = saved;
  const located = isObject(point) && typeof point.latitude === "number" && typeof point.longitude === "number";
  const where = located ? { point: { latitude: Number(point.latitude), longitude: Number(point.longitude) } } : {};
  return { place: { text: saved.text, confidence, ...Object.fromEntries(divisions), ...where } };
}
