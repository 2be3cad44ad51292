import type { Media, SmallMatter } from "../../bots/model/index.ts";
import { visibleText } from "../../bots/plain.ts";
import { groupWords } from "../text/group.ts";
import { aboutMatters } from "./about-matters.ts";
import { addressed } from "./addressed.ts";
import { agreement } from "./agreement.ts";
import { dangerIn } from "./danger.ts";
import { overheard } from "./overheard.ts";
import { withLine } from "./small-matter.ts";
import { type GroupOutcome, type GroupParts, type GroupTurn, isAgreed, sayRarely } from "./turn.ts";

/**
 * One message of a group. The bot speaks when it is mentioned, when the message is about a matter it keeps and comes from whom it concerns,
 * and, where the group has agreed, when it is plainly a request. It asks nobody for personal data here.
 */
export async function hear(parts: GroupParts, turn: GroupTurn): Promise<GroupOutcome> {
  const { content } = turn.message;
  if (content.kind === "media") return withPictures(turn, content.media);
  if (content.kind !== "text") return undefined;
  const words = visibleText(content.text);
  const danger = turn.mentioned || isAgreed(turn) ? await dangerIn(parts.triage, words, turn.now) : undefined;
  if (!danger) return withoutDanger(parts, turn, words);
  const more = danger.alone ? undefined : await withoutDanger(parts, turn, words);
  return {
    say: [...danger.say, ...(more?.say ?? [])],
    effects: [...danger.effects, ...(more?.effects ?? [])],
    memory: more?.memory ?? turn.memory,
  };
}

async function withoutDanger(parts: GroupParts, turn: GroupTurn, words: string): Promise<GroupOutcome> {
  const { group, mentioned } = turn;
  if (!group) return mentioned ? sayRarely(turn, groupWords.comePrivately()) : undefined;
  const known = { ...turn, group };
  return (
    agreement(known, words) ??
    (await aboutMatters(parts, known, words)) ??
    (mentioned ? addressed(parts, known, words) : overheard(parts, known, words))
  );
}

/** Whose matter a picture without words can belong to: the newest open one of its sender. */
export const pictureFor = (matters: readonly SmallMatter[], userId: string): SmallMatter | undefined =>
  matters.findLast(({ author, state }) => author === userId && (state === "open" || state === "asking"));

function withPictures({ matters, message, memory }: GroupTurn, media: Media[]): GroupOutcome {
  const matter = pictureFor(matters, message.from.userId);
  if (!matter || Date.parse(matter.saidAt) > message.sentAt.getTime()) return undefined;
  const line = { by: "author" as const, at: message.sentAt.toISOString(), text: "（发来照片）" };
  return { say: [], effects: [{ kind: "small-matter", matter: withLine(matter, line, media) }], memory };
}
