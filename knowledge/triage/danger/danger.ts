import type { Danger } from "../../../bots/model/index.ts";
import { normalize } from "../../text/normalize.ts";
import { goesOnNow, isReal } from "./circumstances.ts";
import { DESPAIR, SIGNS } from "./signs.ts";

const CLAUSE = /[^,。;!?\n]+/g;

/**
 * Danger to life or property that the text speaks of as going on now. Negations ("没有着火"), past events ("去年着火的事"),
 * fears and rules ("防止触电", "火灾隐患", "交通事故认定") do not count; in doubt it does, and despair always does.
 */
export function dangerIn(message: string): Danger | undefined {
  const text = normalize(message);
  const clauses = text.match(CLAUSE) ?? [];
  if (despairs(text)) return "suicide";
  const about = { text, now: goesOnNow(text) };
  return SIGNS.find(([, sign]) => clauses.some((clause, i) => stands(sign, clause, clauses[i - 1] ?? "", about)))?.[0];
}

/** "没有想自杀" and "我们小区去年有人跳楼" despair of nothing; "不想活了" does whatever stands around it. */
function despairs(text: string): boolean {
  return [...text.matchAll(DESPAIR)].some(([words]) => {
    if (/撑不/.test(words)) return !/店|公司|生意|厂|经营|企业|房贷|开销/.test(text);
    if (/活|死/.test(words) || !/^我/.test(words)) return true;
    return !/没(?:有)?(?:想|要)|不是|不会|去年|有人|小区|新闻|保险|预防/.test(words);
  });
}

/** Every place of the sign is looked at: "没着火，但是电箱着火了" has one that is denied and one that is not. */
function stands(sign: RegExp, clause: string, previous: string, about: { text: string; now: boolean }): boolean {
  return [...clause.matchAll(sign)].some(({ 0: words, index }) =>
    isReal({ clause, start: index, end: index + words.length, previous }, about),
  );
}
