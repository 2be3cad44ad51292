import { characterGrams, edges, phraseGrams, type ReadMessage, shape } from "./tokens.ts";

/** One way of looking at a message. Each family is scaled to the same length before it is weighed. */
export interface Family {
  name: string;
  weight: number;
  tokens(message: ReadMessage): string[];
}

/** One linear learner's settings. */
export interface LearnerOptions {
  /** `asSent`: from messages as they came; `withParts`: from those with both parts also by their titles alone and by their texts alone. */
  from: "asSent" | "withParts";
  /** Cost of an error against the size of the weights: larger fits closer. */
  cost: number;
  /** Whether an error costs the more the rarer the label is. */
  balanced: boolean;
  /** 0: every feature counts alike; 1: by how strongly it speaks for or against the class (naive Bayes). */
  bayesShare: number;
  /** Added to every feature's mass in a class before the two are compared. */
  smoothing: number;
}

/** What is looked at and how it is learned. Training tries every profile and keeps the better one. */
export interface Profile {
  name: ProfileName;
  families: readonly Family[];
  /** The weights are the mean of what these learn: each errs in its own way, and the model is no larger for it. */
  learners: readonly LearnerOptions[];
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
    learners: [
      { from: "asSent", cost: 0.4, balanced: true, bayesShare: 0.4, smoothing: 0.1 },
      { from: "asSent", cost: 0.4, balanced: false, bayesShare: 0.7, smoothing: 0.1 },
      { from: "asSent", cost: 0.4, balanced: false, bayesShare: 0.4, smoothing: 0.1 },
      { from: "withParts", cost: 0.25, balanced: true, bayesShare: 0.4, smoothing: 0.1 },
      { from: "withParts", cost: 0.25, balanced: false, bayesShare: 0.4, smoothing: 0.1 },
    ],
  },
  manner: {
    name: "manner",
    families: manner,
    learners: [{ from: "asSent", cost: 0.5, balanced: false, bayesShare: 0.5, smoothing: 0.1 }],
  },
};
