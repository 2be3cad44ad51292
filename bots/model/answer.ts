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
  /** Where and for whom alone it holds, as its editors wrote it; absent for the whole city and for everybody. */
  region?: string;
  audience?: string;
  /** Starter content that the operating city has not verified yet. */
  demonstration?: boolean;
}

/** One of several entries that differ in one respect, with the word by which it differs from the others. */
export interface VersionOf {
  entryId: string;
  label: string;
}

/**
 * Candidates that differ in one plain respect: the region or the people that they are for, where somebody is registered, who they are, or
 * what of the subject is wanted.
 */
export interface Between {
  respect: "region" | "audience" | "household" | "who" | "what";
  /** Two to four; of regions as many as there are. */
  options: VersionOf[];
}

/** A word that was taken for another one of the same sound. */
export interface Misspelt {
  typed: string;
  meant: string;
}

interface AnswerParts {
  confidence: number;
  /** The whole question that was asked of the base, where a short one was understood in the light of the one before. */
  understoodAs?: string;
  /** The question with slips of pinyin input put right, where it was answered so, and the words that were. */
  misspelt?: { question: string; words: Misspelt[] };
  /** The district or subdistrict that the question names. */
  region?: string;
}

export type Answer =
  | ({
      kind: "answered";
      /** Verbatim from the first source. */
      text: string;
      /** A shorter answer in a model's words, each sentence borne by the first source's quote, which is then shown with it. */
      wording?: string;
      sources: [Source, ...Source[]];
      /** Entries that hold in its place where or for whom it may turn out to be. */
      apart?: VersionOf[];
    } & AnswerParts)
  /** `between`: one question to the citizen would decide it. `missingFor`: the matter is known, but not for this region or these people. */
  | ({ kind: "unsure"; nearest: Source[]; between?: Between; missingFor?: string } & AnswerParts);
