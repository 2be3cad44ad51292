import type { Reading } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { bareRequest } from "../intake/opening.ts";
import { groupWords } from "../text/group.ts";
import { openOrJoin } from "./open.ts";
import { plainRequest } from "./plain-request.ts";
import { type GroupOutcome, type GroupParts, isAgreed, type KnownGroupTurn, sayRarely } from "./turn.ts";

/** A leaf of the catalogue this likely means that the words describe somebody's trouble. */
const LIKELY_MATTER = 0.25;
const TELLS_FROM = 6;
/** Thanks and farewells want no answer, least of all in a group. */
const WANTS_NONE = /^(?:谢|多谢|感谢|辛苦|再见|拜拜|晚安|好的?|收到|嗯|哦|ok|知道了|明白了?|哈哈)/iu;

/** A message that mentions the bot and is about no matter that is open. */
export async function addressed(parts: GroupParts, turn: KnownGroupTurn, words: string): Promise<GroupOutcome> {
  const help = () => sayRarely(turn, groupWords.help(isAgreed(turn)));
  const said = commandForm(words);
  if (said === "") return help();
  if (WANTS_NONE.test(said) && said.length < 10) return undefined;
  if (bareRequest(words)) return help();
  const reading = await parts.triage.read(words, turn.now);
  if (reading.abuse === "insult" && !plainRequest(words)) return undefined;
  if (isPrivate(reading)) return sayRarely(turn, groupWords.comePrivately());
  if (isMatter(reading, words)) return openOrJoin(parts, turn, words);
  return reading.intent === "question" ? answer(parts, turn, words) : help();
}

/** What the law gives a way of its own, whose author must not be known, or what is about one person's papers: not for all to read. */
const isPrivate = ({ intent, kind, statutory, enterprise }: Reading): boolean =>
  statutory !== undefined || enterprise === true || kind === "report" || intent === "progress" || intent === "human";

function isMatter({ intent, categories }: Reading, words: string): boolean {
  if (intent === "request" || plainRequest(words)) return commandForm(words).length >= TELLS_FROM - 1;
  const likely = (categories[0]?.confidence ?? 0) >= LIKELY_MATTER;
  return intent === "unclear" && likely && commandForm(words).length >= TELLS_FROM;
}

/** A question to the bot is answered from a source, or not here. */
async function answer({ knowledge }: GroupParts, turn: KnownGroupTurn, words: string): Promise<GroupOutcome> {
  const found = await knowledge.answer(words, turn.now, { region: turn.group.community });
  if (found.kind === "unsure") return sayRarely(turn, groupWords.comePrivately());
  return sayRarely(turn, groupWords.answered(found));
}
