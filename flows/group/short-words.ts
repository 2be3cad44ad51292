import type { SmallMatterAct } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";

/** What a short message says about a small matter. `about`: what it calls the thing by, "电梯" of "电梯修好了". */
export interface ShortWord {
  act: SmallMatterAct;
  number?: number;
  about?: string;
}

/** Longer texts say more than one thing. */
const LONGEST = 24;

/** "3号楼" is a building and no number of a matter. */
const NUMBERED = /^第?(\d{1,4})[号件](?!楼|院|门|线|单元|层|室|栋|点|天|人|元|块)(?:小事|事|那件|这件)?[:：,，]?/u;
const CLOSING = /[,，]?(?:谢谢|多谢|感谢|辛苦)(?:您|你|大家|了|啦|各位|网格员|师傅)*$/u;

const ACTS: [SmallMatterAct, RegExp][] = [
  [
    "unsolved",
    /^(?:这件事?|这事|问题|事情)?(?:还是|还|根本|并)?(?:没有?|未)(?:解决|修好|处理好?|弄好|办好|修|好)(?:呢|啊|呀)?$/u,
  ],
  ["solved", /^(?:这件事?|这事|问题|事情|小事)?(?:已经|已|都|刚刚?|现在)*(?:解决|搞定)(?:好|完)?(?:了|啦)?$/u],
  [
    "solved",
    /^(?<about>[\p{Script=Han}\d]{0,8}?)(?:已经|已|都|刚刚?|现在|今天|全)*(?:修好|处理好|处理完|弄好|办好|换好|疏通|清理干净|清理完|清走|清运完?|补好|装好|恢复正常|恢复)(?:了|啦)$/u,
  ],
  ["consent", /^我?同意(?:转工单|转成工单|转)?$/u],
  ["decline", /^(?:我)?(?:先)?(?:不用|不|不要|不想)(?:转|转成)(?:工单)?(?:了)?$|^不同意(?:转工单|转)?$/u],
  ["escalate", /^(?:我?(?:要|想)|帮我|请|给我|麻烦)?转(?:成|个|为)?工单(?:吧)?$/u],
  ["withdraw", /^(?:撤回|撤销|撤了|取消|不用管|算|不用)(?:这件事|这件|小事|了)*(?:吧)?$/u],
];

/** Words that turn what stands before "修好了" into its contrary or into a question. */
const DOUBT = /[没不未谁怎哪吗才要能会等快]/u;

/** Reads a short message whole; whatever holds more, doubt or a question is none. */
export function readShortWord(text: string): ShortWord | undefined {
  const typed = commandForm(text);
  if (typed === "" || typed.length > LONGEST || /[?？吗么]/u.test(typed)) return undefined;
  const numbered = NUMBERED.exec(typed);
  const number = numbered ? Number(numbered[1]) : undefined;
  const rest = (numbered ? typed.slice(numbered[0].length) : typed).replace(CLOSING, "");
  for (const [act, pattern] of ACTS) {
    const found = pattern.exec(rest);
    if (!found) continue;
    const about = found.groups?.about?.replace(/的$/u, "") ?? "";
    if (DOUBT.test(about)) return undefined;
    return { act, ...(number === undefined ? {} : { number }), ...(about === "" ? {} : { about }) };
  }
  return undefined;
}

/** "2", "2号", "第2件": the answer to the question which matter is meant. */
export function readNumber(text: string): number | undefined {
  const digits = /^(?:是)?(?:第)?(\d{1,4})(?:号|件|个)?(?:小事)?$/u.exec(commandForm(text))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
