/** What somebody was told, without the words: an entry in one of its versions. */
export interface Cited {
  entryId: string;
  version: number;
}

/** Where an answer comes from. Every answer has at least one. */
export interface Source {
  entryId: string;
  /** The version of the entry, where entries have a history. */
  version?: number;
  /** The question the entry answers, as its editors wrote it. */
  question: string;
  /** A passage that stands verbatim in the entry. */
  quote: string;
  title: string;
  issuer?: string;
  number?: string;
  article?: string;
  url?: string;
  checkedOn?: string;
  /** "text": on `checkedOn` the entry was compared with the source's own text. "memory": it was only written on that day, from general knowledge. */
  checkedBy?: "text" | "memory";
  /** Starter content that the operating city has not verified yet. */
  demonstration?: boolean;
}

/** Candidates that differ in one plain respect: where somebody is registered, who they are, or what of the subject is wanted. */
export interface Between {
  respect: "household" | "who" | "what";
  /** Two to four, each with the word by which it differs from the others. */
  options: { entryId: string; label: string }[];
}

interface AnswerParts {
  confidence: number;
  /** The whole question that was asked of the base, where a short one was understood in the light of the one before. */
  understoodAs?: string;
}

export type Answer =
  | ({
      kind: "answered";
      /** Verbatim from the first source. */
      text: string;
      /** A shorter answer in a model's words, each sentence borne by the first source's quote, which is then shown with it. */
      wording?: string;
      sources: [Source, ...Source[]];
    } & AnswerParts)
  /** `between`: one question to the citizen would decide it. */
  | ({ kind: "unsure"; nearest: Source[]; between?: Between } & AnswerParts);
