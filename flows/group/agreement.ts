import { commandForm } from "../../bots/plain.ts";
import { groupWords } from "../text/group.ts";
import { type GroupOutcome, type KnownGroupTurn, sayRarely } from "./turn.ts";

const AGREE = new Set(["开启群内小事", "打开群内小事", "同意群内小事", "开启小事", "开通群内小事"]);
const REVOKE = new Set(["关闭群内小事", "停止群内小事", "取消群内小事", "关闭小事", "撤销群内小事"]);

/** A grid worker opens or closes the group to requests that do not mention the bot; nobody else can. */
export function agreement({ group, ...turn }: KnownGroupTurn, words: string): GroupOutcome {
  const command = commandForm(words);
  const agrees = AGREE.has(command);
  if (!turn.mentioned || !(agrees || REVOKE.has(command))) return undefined;
  if (!turn.worker) return sayRarely({ ...turn, group }, groupWords.onlyWorkers());
  const { agreed: _, ...closed } = group;
  const now = agrees ? { ...closed, agreed: { by: turn.worker.name, at: turn.message.sentAt.toISOString() } } : closed;
  return {
    say: agrees ? groupWords.agreed() : groupWords.revoked(),
    effects: [{ kind: "community-group", group: now }],
    memory: turn.memory,
  };
}
