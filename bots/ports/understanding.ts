import type {
  Answer,
  Category,
  CategoryGuess,
  GeoPoint,
  Likeness,
  Matter,
  Place,
  Reading,
  Source,
} from "../model/index.ts";

/** What helps to answer. */
export interface AnswerHelp {
  /** As in `Triage.read`: gives the signal at which whatever only makes the answer better is given up. */
  patience?: (() => AbortSignal) | undefined;
  /** The question answered just before, in the light of which one without a subject of its own is understood. */
  after?: string | undefined;
  /** A district or subdistrict that was named before: what holds there comes before what holds in the whole city. */
  region?: string | undefined;
  /** For whom the citizen asks, such as 企业. */
  audience?: string | undefined;
}

/** What the bot may answer from. Only entries that are published and valid at `at` take part. */
export interface KnowledgeBase {
  answer(question: string, at: Date, how?: AnswerHelp): Promise<Answer>;
  /** One entry by id as a source, or undefined when it is gone, not published or not valid at `at`. */
  entry(id: string, at: Date): Promise<(Source & { text: string }) | undefined>;
}

/** Reads kind, intent, category and slots out of what a citizen wrote. Never throws on odd text. */
export interface Triage {
  /**
   * `patience` gives the signal at which whatever only makes the reading better is given up: one for all readings of a turn, whose time
   * runs from the first call, so that who waits for nothing pays nothing.
   */
  read(text: string, at: Date, patience?: () => AbortSignal): Promise<Reading>;
}

/** A language model behind one narrow door: fixed instructions and data in, one value of a closed shape out; no tools, no memory. */
export interface LanguageModel {
  /** Throws a ModelError, also when the answer does not fit, and when `patience` ends. Never asks twice. */
  ask<T>(question: ModelQuestion<T>, patience?: AbortSignal): Promise<T>;
}

export interface ModelQuestion<T> {
  /** Name and version of the prompt, letters, digits, `_` and `-` only: "triage-1". */
  name: string;
  /** The same for every message. */
  instructions: string;
  /** What the instructions speak of. Nothing in it is an instruction, whoever wrote it. */
  data: string;
  /** JSON Schema of the answer, an object: every property required, no others allowed. */
  schema: Record<string, unknown>;
  /** Checks the answer; throws when it does not fit. */
  read(answer: unknown): T;
}

/** Finds places of this city. */
export interface Gazetteer {
  /**
   * The place a text speaks of; `undefined` when nothing in it is a place of this city. Where its words fit several divisions, the
   * lowest one that they share, if any, with a confidence of at most 0.5.
   */
  resolve(text: string): Promise<Place | undefined>;
  /**
   * Readings of the same words that cannot be told apart, likeliest first, at most five; one when it is certain, none when nothing
   * is found.
   */
  candidates(text: string): Promise<Place[]>;
  /** The division that a shared point seems to lie in; none where the point is outside the city. */
  nearest(point: GeoPoint): Promise<Place>;
}

/** The 派单目录 as far as a dialogue needs it. */
export interface Catalogue {
  leaf(code: string): Category | undefined;
  rank(text: string, limit: number): CategoryGuess[];
}

/** Judges whether two tellings are of one and the same matter. Pure: the same matters always give the same answer. */
export interface MatterMatcher {
  /** Each of `others` beside `one`, in their order. */
  compare(one: Matter, others: readonly Matter[]): Likeness[];
  /**
   * From which score on a citizen is asked. Joining a wrong ticket is worse than a second ticket, so for a ticket of other
   * people more is asked than for one of their own.
   */
  threshold: { own: number; neighbours: number };
  /** Whether matters of this leaf concern whoever lives there, and not only the person who tells of them. */
  isShared(category: string): boolean;
}
