/** What the bot needs of the world. Implemented in the wings and under the roof, faked in tests. */

export type { ChannelAdapter, Receive, SendOptions } from "./ports/channel.ts";
export type { ActOutcome, DispatchClient, Submission } from "./ports/dispatch.ts";
export type { Store, WordsJob } from "./ports/store.ts";
export type { GroupStore, HandoffStore, PersonStore, PushStore } from "./ports/stores.ts";
export type {
  AnswerHelp,
  Catalogue,
  Gazetteer,
  KnowledgeBase,
  LanguageModel,
  MatterMatcher,
  ModelQuestion,
  Triage,
} from "./ports/understanding.ts";
export type { Clock, LogFields, Logger } from "./ports/world.ts";
