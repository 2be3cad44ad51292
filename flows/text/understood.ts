import type { Answer, Misspelt, Source } from "../../bots/model/index.ts";

/** How a question was understood: a guess is shown, so that a wrong one is seen. */
export function understood({ understoodAs, misspelt }: Answer): string {
  if (understoodAs) return `按“${misspelt?.question ?? understoodAs}”回答：\n`;
  return slipsNoted({ misspelt });
}

/** Words that were taken for others of the same sound. */
export const slipsNoted = ({ misspelt }: Pick<Answer, "misspelt">): string =>
  misspelt ? `按${misspelt.words.map(meantIn).join("、")}理解：\n` : "";

const meantIn = ({ meant }: Misspelt): string => `“${meant}”`;

type ForSome = Pick<Source, "region" | "audience">;

/** Stands over an answer: nobody is to take the rule of another district, or for companies, for their own. */
export function scopeLine({ region, audience }: ForSome): string {
  const parts = [region ? `适用地区：${region}` : "", audience ? `适用对象：${audience}` : ""].filter(Boolean);
  return parts.length > 0 ? `【${parts.join("；")}】\n` : "";
}

/** The same behind a question that is offered. */
export function scopeSuffix({ region, audience }: ForSome): string {
  const parts = [region, audience].filter(Boolean);
  return parts.length > 0 ? `（${parts.join("，")}）` : "";
}
