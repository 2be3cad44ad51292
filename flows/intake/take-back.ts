import { visibleText } from "../../bots/plain.ts";

/** A sentence that takes something back. `explicit`: it says so in so many words, so it can be nothing else. */
export interface TakenBack {
  wrong?: string;
  right?: string;
  explicit: boolean;
}

const SORRY = "(?:哦|噢|啊|哎呀?|抱歉|对不起|不好意思|等等|等一?下|那个)?[，,、。\\s]*";
const LEAD = new RegExp(
  `^${SORRY}(?:不对|不是的|不不|错了|(?:我)?(?:刚才|刚刚|上面|前面)?(?:说|写|打|弄|搞|记|填|发)错了|口误|更正(?:一下)?|纠正(?:一下)?|改(?:一下|下)|不是(?=[，,]))(?:不对|了|啊|哦|的)*[，,、。!！:：\\s]*`,
  "u",
);
const IS = "(?:我(?:说|指)的)?(?:应该|应当|其实|实际上?|而)?(?:是|为|改成|改为|换成)";
const GAP = "[，,、。\\s]*";

/** With both sides named, the longer forms first. */
const BOTH: readonly { form: RegExp; wrong: number; right: number }[] = [
  { form: new RegExp(`^不是(.{1,40}?)${GAP}${IS}(.{1,60})$`, "u"), wrong: 1, right: 2 },
  { form: new RegExp(`^${IS}(.{1,60}?)${GAP}(?:而)?不是(.{1,40})$`, "u"), wrong: 2, right: 1 },
  {
    form: /^(?:把|将)?(.{1,40}?)(?:改成|改为|换成|更正为|写错了?[，,]?(?:应该)?是)(.{1,60})$/u,
    wrong: 1,
    right: 2,
  },
  { form: /^(.{1,40}?)[，,]\s*(?:而)?不是(.{1,40})$/u, wrong: 2, right: 1 },
];
/** "改成昨天半夜": of what is for the form to find out. */
const BECOMES = /^(?:改成|改为|换成|换为|更正为)\s*(.{1,80})$/u;
const RIGHT_ONLY = new RegExp(`^(?:${IS}|是)?\\s*(.{1,80})$`, "u");
const SHOULD_BE = /^(?:应该|应当)(?:是|为)\s*(.{1,80})$/u;

/**
 * What a sentence takes back: "不对，是三单元", "不是四区，是三区", "应该是昨晚", "说错了". Whether the words it names stand
 * in the form is for the form to find out. Undefined when it takes nothing back.
 */
export function takenBack(text: string): TakenBack | undefined {
  const said = visibleText(text).replace(/[。.!！~～]+$/u, "");
  const become = BECOMES.exec(said)?.[1];
  if (become !== undefined) return { right: trimmed(become), explicit: true };
  const lead = LEAD.exec(said)?.[0] ?? "";
  const rest = said.slice(lead.length).trim();
  const explicit = lead !== "";
  if (rest === "") return explicit ? { explicit } : undefined;
  for (const { form, wrong, right } of BOTH) {
    const found = form.exec(rest);
    if (found) return { wrong: trimmed(found[wrong]), right: trimmed(found[right]), explicit };
  }
  const right = SHOULD_BE.exec(rest)?.[1] ?? (explicit ? RIGHT_ONLY.exec(rest)?.[1] : undefined);
  return right === undefined ? undefined : { right: trimmed(right), explicit };
}

const trimmed = (words: string | undefined): string => (words ?? "").trim().replace(/(?:才对|吧|啊|呀|哦)$/u, "");
