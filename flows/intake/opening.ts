import type { RequestKind } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";

const VERBS: Record<string, RequestKind | undefined> = {
  投诉: "complaint",
  举报: "report",
  建议: "suggestion",
  提建议: "suggestion",
  求助: "help",
  报修: "help",
  表扬: "praise",
  感谢: "praise",
  反映: undefined,
  反应: undefined,
  登记: undefined,
  诉求: undefined,
  提诉求: undefined,
  报告: undefined,
};

const OPENING =
  /^(?:你好|您好)?[,，]?(?:我)?(?:要|想|想要|需要|来)?(?:再)?(投诉|举报|提建议|建议|求助|报修|表扬|感谢|反映|反应|登记|提诉求|诉求|报告)(?:一下|下)?(?:一?[个件条]|新的?|别的)?(?:问题|情况|诉求|工单|事|事情|投诉|建议|举报)?$/u;

/** "我要投诉" and the like: a wish to file something, without a word of what. */
export function bareRequest(text: string): { kind?: RequestKind } | undefined {
  const verb = OPENING.exec(commandForm(text))?.[1];
  if (verb === undefined) return undefined;
  const kind = VERBS[verb];
  return kind ? { kind } : {};
}
