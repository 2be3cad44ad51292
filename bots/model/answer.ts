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

export type Answer =
  | {
      kind: "answered";
      /** Verbatim from the first source. */
      text: string;
      /** A shorter answer in a model's words, each sentence borne by the first source's quote, which is then shown with it. */
      wording?: string;
      sources: [Source, ...Source[]];
      confidence: number;
    }
  | { kind: "unsure"; nearest: Source[]; confidence: number };
