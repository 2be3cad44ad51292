import { isAccountOf } from "./accounts.ts";
import { asChoice, numberChoices } from "./choices.ts";
import { StoreError } from "./errors.ts";
import type { FlowContext, Outcome } from "./flow.ts";
import { createLanes } from "./lanes.ts";
import { createMatterReader } from "./matters.ts";
import type { Conversation, InboundMessage, Reading, Turn } from "./model/index.ts";
import { isReturning } from "./paused.ts";
import type {
  Catalogue,
  Clock,
  Gazetteer,
  KnowledgeBase,
  Logger,
  MatterMatcher,
  Receive,
  Store,
  Triage,
} from "./ports.ts";
import type { Router } from "./router.ts";
import type { EngineWords } from "./words.ts";

export interface EngineOptions {
  store: Store;
  router: Router;
  words: EngineWords;
  knowledge: KnowledgeBase;
  triage: Triage;
  gazetteer: Gazetteer;
  catalogue: Catalogue;
  matcher: MatterMatcher;
  /** Whether the dispatch system takes several requests as one ticket. */
  canJoin: boolean;
  clock: Clock;
  log: Logger;
  newId(): string;
  /** Called after each commit: there are jobs in the outbox. */
  onCommitted(): void;
}

/** Turns of one conversation computed by other processes may come in between; more than this many in a row is a fault. */
const MAX_STALE = 20;
/** What only makes a reading or an answer better may delay a turn by this much in all: platforms ask again after five seconds. */
const PATIENCE_MS = 3_000;

/**
 * One message in, one committed turn out. When `receive` resolves, the message, the new state of the conversation and
 * everything that is to be said or done are durable; nothing has been sent before. Rejects only when the store fails, and
 * then nothing was kept: the channel must not acknowledge, so that the platform delivers the message again.
 */
export function createEngine(options: EngineOptions): { receive: Receive } {
  const { store, log } = options;
  const lanes = createLanes();

  async function turnOf(conversation: Conversation, message: InboundMessage): Promise<Turn> {
    const { state, revision } = conversation;
    const heard = { ...message, content: asChoice(state.offered, message.content) };
    const ctx = contextOf(options, conversation, heard);
    const outcome = await options.router
      .route(ctx, state, heard)
      .catch((error: unknown) => apologise(options, conversation, message, error));
    const { say, offered } = numberChoices(outcome.say);
    return {
      message,
      baseRevision: revision,
      state: {
        ...outcome.state,
        ...(say.length > 0 ? { offered, said: say } : { offered: state.offered }),
        lastAt: options.clock.now().toISOString(),
      },
      say,
      effects: outcome.effects,
    };
  }

  async function handle(message: InboundMessage): Promise<"committed" | "duplicate"> {
    if (await store.hasMessage(message.from.channel, message.id)) return "duplicate";
    for (let attempt = 0; attempt < MAX_STALE; attempt++) {
      const turn = await turnOf(await store.loadConversation(message.from), message);
      const result = await store.commitTurn(turn);
      if (result === "stale") continue;
      if (result === "committed") options.onCommitted();
      return result;
    }
    throw new StoreError(
      `conversation stayed busy through ${MAX_STALE} attempts; the channel may deliver the message again`,
      {
        retryable: true,
      },
    );
  }

  return {
    async receive(message) {
      const { channel, conversationId } = message.from;
      const result = await lanes.run(`${channel}:${conversationId}`, () => handle(message));
      log.debug("turn", { channel, messageId: message.id, result });
      return result;
    },
  };
}

/** What of the engine's parts a flow may look at. */
export type ContextParts = Pick<
  EngineOptions,
  "store" | "clock" | "newId" | "knowledge" | "triage" | "gazetteer" | "catalogue" | "matcher" | "canJoin"
>;

/** The surroundings of one turn. */
export function contextOf(options: ContextParts, conversation: Conversation, message: InboundMessage): FlowContext {
  const { store, clock } = options;
  const ref = message.from;
  const now = clock.now();
  const patience = patienceOfTurn();
  const triage = readingOnce(options.triage, patience);
  const text = textOf(message);
  return {
    now,
    from: ref,
    citizen: conversation.state.citizen,
    digression: false,
    returning: isReturning(conversation.state, now),
    newId: options.newId,
    reading: async () => (text === undefined ? undefined : triage.read(text, now)),
    knowledge: {
      ...options.knowledge,
      answer: (question, at, how) => options.knowledge.answer(question, at, { ...how, patience }),
    },
    triage,
    gazetteer: options.gazetteer,
    catalogue: options.catalogue,
    tickets: {
      mine: (limit) => store.ticketsOf(ref, limit),
      async find(number) {
        const found = await store.findTicket(number, ref);
        const accounts = await store.accountsOf(ref);
        return found && accounts.some(isAccountOf(found.owner)) ? found : undefined;
      },
    },
    matters: createMatterReader(options, ref, now),
    smallMatters: {
      async find(id) {
        const found = await store.loadSmallMatter(id);
        const own = found?.channel === ref.channel && found.author === ref.userId;
        return own && (found.state === "open" || found.state === "asking") ? found : undefined;
      },
    },
    accounts: {
      others: async () => (await store.accountsOf(ref)).filter((account) => !isAccountOf(ref)(account)),
      mayOffer: () => store.mayOfferCode(ref, now),
      look: (code) => store.lookAtCode(ref, code, now),
    },
  };
}

/** One for everything in a turn; its time runs from the first call. */
function patienceOfTurn(): () => AbortSignal {
  let signal: AbortSignal | undefined;
  return () => {
    signal ??= AbortSignal.timeout(PATIENCE_MS);
    return signal;
  };
}

/** Router, flows and fields ask for the same text within a turn; it is read once. */
function readingOnce(triage: Triage, patience: () => AbortSignal): Triage {
  const readings = new Map<string, Promise<Reading>>();
  return {
    read(text, at) {
      const reading = readings.get(text) ?? triage.read(text, at, patience);
      readings.set(text, reading);
      return reading;
    },
  };
}

function textOf(message: InboundMessage): string | undefined {
  const { content } = message;
  if (content.kind === "text") return content.text;
  return content.kind === "media" ? content.text : undefined;
}

/** A fault in a flow costs the citizen an apology, never their words: state stays as it was, the message is kept. */
function apologise(
  options: EngineOptions,
  conversation: Conversation,
  message: InboundMessage,
  error: unknown,
): Outcome {
  const detail = `${message.from.channel}/${message.id}`;
  options.log.error("turn failed", {
    message: detail,
    error: error instanceof Error ? error : new Error(String(error)),
  });
  return {
    state: conversation.state,
    say: options.words.failed(),
    effects: [{ kind: "record", what: "error", detail }],
  };
}
