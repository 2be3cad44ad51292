import { characterGrams, edges, phraseGrams, type ReadMessage, shape } from "./tokens.ts";

/** One way of looking at a message. Each family is scaled to the same length before it is weighed. */
export interface Family {
  name: string;
  weight: number;
  tokens(message: ReadMessage): string[];
}

/** The linear learner's settings. */
export interface LearnerOptions {
  /** Cost of an error against the size of the weights: larger fits closer. */
  cost: number;
  /** 0: every feature counts alike; 1: by how strongly it speaks for or against the class (naive Bayes). */
  bayesShare: number;
  /** Added to every feature's mass in a class before the two are compared. */
  smoothing: number;
  /**
   * When given, messages with both parts are learned from once more with this cost, beside their titles alone and their texts alone,
   * and the weights are the mean of the two: messages of either kind are then told apart by one model.
   */
  partsCost?: number;
}

/** What is looked at and how it is learned. Training tries every profile and keeps the better one. */
export interface Profile {
  name: ProfileName;
  families: readonly Family[];
  learner: LearnerOptions;
}

export type ProfileName = "subject" | "manner";

/** A title says in few words what the text says in many: words of both count in one, the title's three times. */
const TITLE_TIMES = 3;
const withTitle = (title: readonly string[], text: readonly string[]): string[] => [
  ...Array.from({ length: TITLE_TIMES }, () => title).flat(),
  ...text,
];

/** How many characters of a text's end tell how the writer takes leave: with a wish, a thanks or a demand. */
const END_LENGTH = 80;

const subject: readonly Family[] = [
  { name: "words", weight: 1, tokens: (message) => withTitle(message.titleWords, message.textWords) },
  {
    name: "characters",
    weight: 1,
    tokens: ({ title, text }) => withTitle(characterGrams(title), characterGrams(text)),
  },
  { name: "title words", weight: 0.5, tokens: (message) => message.titleWords },
  { name: "title characters", weight: 0.5, tokens: ({ title }) => characterGrams(title) },
];

const manner: readonly Family[] = [
  ...subject,
  { name: "title edges", weight: 0.6, tokens: ({ title }) => edges(title) },
  { name: "title phrases", weight: 0.6, tokens: ({ title }) => phraseGrams(`^${title}$`, [2, 3, 4]) },
  { name: "text end", weight: 0.5, tokens: ({ text }) => phraseGrams(`${text.slice(-END_LENGTH)}$`, [2, 3]) },
  { name: "shape", weight: 0.3, tokens: shape },
];

/** `subject`: what a message is about. `manner`: how it is put, for labels such as question, complaint or suggestion. */
export const profiles: Readonly<Record<ProfileName, Profile>> = {
  subject: {
    name: "subject",
    families: subject,
    learner: { cost: 0.4, partsCost: 0.25, bayesShare: 0.4, smoothing: 0.1 },
  },
  manner: {
    name: "manner",
    families: manner,
    learner: { cost: 0.5, bayesShare: 0.5, smoothing: 0.1 },
  },
};
