import { parseChoiceId } from "../../bots/choices.ts";
import type { Choice, InboundContent, OutboundMessage } from "../../bots/model/index.ts";

/** What a simulated citizen knows: the letter they open with, and what they answer when asked. */
export interface CitizenRecord {
  id: string;
  letter: string;
  /** As they would say it: "朝阳区望京街道望京西园四区社区". */
  place: string;
  /** Name and telephone, as they would say it. */
  contact: string;
  /** Which of the offered leaves is theirs; undefined when none of them is. */
  pick(codes: string[]): string | undefined;
}

/** What the bot wants to know, told by the choices it offers; never by its wording, which may change. */
export type Question =
  | "description"
  | "place"
  | "contact"
  | "category"
  | "split"
  | "aside"
  | "emergency"
  | "same-matter"
  | "photo-place"
  | "which-place"
  | "statutory"
  | "company"
  | "summary"
  | "answered"
  | "unsure"
  | "start"
  | "nothing";

const BY_VERB: Readonly<Record<string, Question>> = {
  "intake/no-place": "place",
  "intake/place-enough": "place",
  "intake/anonymous": "contact",
  "intake/category": "category",
  "intake/split": "split",
  "intake/aside": "aside",
  "intake/same": "same-matter",
  "intake/taken-there": "photo-place",
  "intake/which-place": "which-place",
  "intake/confirm": "summary",
  "intake/anyway": "statutory",
  "intake/personal": "company",
  "intake/start": "start",
  "intake/question": "unsure",
  "emergency/file": "emergency",
  "question/helpful": "answered",
};

/** The question that the last messages of the bot put, with the choices that come with it. */
export function questionIn(said: readonly OutboundMessage[]): { question: Question; choices: Choice[] } {
  for (const message of said.toReversed()) {
    const choices = "choices" in message ? message.choices : [];
    for (const { id } of choices) {
      const { flow, verb } = parseChoiceId(id);
      const question = BY_VERB[`${flow}/${verb}`];
      if (question) return { question, choices };
    }
  }
  return { question: said.length > 0 ? "description" : "nothing", choices: [] };
}

const text = (words: string): InboundContent => ({ kind: "text", text: words });

/** What the citizen answers, out of the record; undefined when there is nothing more to say. */
export function answerTo(record: CitizenRecord, said: readonly OutboundMessage[]): InboundContent | undefined {
  const { question, choices } = questionIn(said);
  const press = (verb: string): InboundContent => {
    const choice = choices.find(({ id }) => id.startsWith(verb));
    return choice ? { kind: "choice", choiceId: choice.id, label: choice.label } : text(record.letter);
  };
  switch (question) {
    case "place":
      return text(record.place);
    case "contact":
      return text(record.contact);
    case "category":
      return chooseLeaf(record, choices, press);
    case "summary":
      return press("intake/confirm");
    case "split":
      return press("intake/split/no");
    case "aside":
      return press("intake/aside/same");
    case "same-matter":
      return press("intake/same/new");
    case "photo-place":
      return press("intake/taken-elsewhere");
    case "which-place":
      return text(record.place);
    case "emergency":
      return press("emergency/file");
    case "statutory":
      return press("intake/anyway");
    case "company":
      return press("intake/personal");
    case "unsure":
      return press("intake/question");
    case "answered":
      return press("question/unhelpful");
    case "start":
      return press("intake/start");
    case "description":
      return text(record.letter);
    case "nothing":
      return undefined;
    default:
      throw new Error(`unknown question ${JSON.stringify(question satisfies never)}`);
  }
}

function chooseLeaf(record: CitizenRecord, choices: Choice[], press: (verb: string) => InboundContent): InboundContent {
  const codes = choices.map(({ id }) => parseChoiceId(id).argument).filter((code) => /^\d{6}$/.test(code));
  return press(`intake/category/${record.pick(codes) ?? "none"}`);
}
