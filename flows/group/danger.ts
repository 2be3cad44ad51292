import type { Danger, Effect, OutboundMessage } from "../../bots/model/index.ts";
import type { Triage } from "../../bots/ports.ts";
import { engineWords } from "../text/engine.ts";

/** Reading every line of a group would be reading over its shoulder; only what holds such a word is read. */
const ALARMING =
  /火|烟|燃气|煤气|天然气|漏气|触电|电线|漏电|爆炸|塌|砸|打人|打架|持刀|抢|晕|昏|心脏|没呼吸|不省人事|流血|跳楼|轻生|不想活|自杀|车祸|撞|救命|溺水|困/u;

/** What is still dangerous after the call, and has to be mended: the matter is kept beside it. */
const ALSO_A_MATTER: readonly Danger[] = ["electric", "collapse"];

export interface DangerHeard {
  say: OutboundMessage[];
  effects: Effect[];
  /** Nothing else is to be said. */
  alone: boolean;
}

/** Danger to life comes before every rule of manners: whom to call, for all to read. */
export async function dangerIn(triage: Triage, words: string, now: Date): Promise<DangerHeard | undefined> {
  if (!ALARMING.test(words)) return undefined;
  const { danger } = await triage.read(words, now);
  if (!danger) return undefined;
  return {
    say: engineWords.danger(danger).slice(0, 1).map(asText),
    effects: [{ kind: "record", what: "danger", detail: danger }],
    alone: !ALSO_A_MATTER.includes(danger),
  };
}

const asText = (message: OutboundMessage): OutboundMessage => ({ kind: "text", text: message.text });
