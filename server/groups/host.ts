import { randomUUID } from "node:crypto";
import { StoreError } from "../../bots/errors.ts";
import { createLanes } from "../../bots/lanes.ts";
import type {
  CommunityGroup,
  Conversation,
  ConversationRef,
  GridWorker,
  InboundContent,
  InboundMessage,
  SmallMatter,
  Turn,
} from "../../bots/model/index.ts";
import type {
  Clock,
  Gazetteer,
  KnowledgeBase,
  Logger,
  MatterMatcher,
  Receive,
  Store,
  Triage,
} from "../../bots/ports.ts";
import {
  engineWords,
  type GroupOutcome,
  type GroupTurn,
  hear,
  lapse,
  pictureFor,
  privateChatOf,
  REOPEN_MS,
  workerId,
} from "../../flows/index.ts";

import { reasonOf } from "../outbox/reason.ts";

/** A message of a group as its channel tells of it. */
export interface GroupMessage {
  id: string;
  /** With `group`. */
  from: ConversationRef;
  topic: string;
  /** By which others may know the speaker; nothing of it is kept but a grid worker's binding. */
  names: string[];
  sentAt: Date;
  mentioned: boolean;
  quote?: string;
  content: InboundContent;
}

/** The bot in community groups: one message, or what the clock does, becomes one committed turn, or nothing at all. */
export interface GroupHost {
  /** "silent": it was not for the bot, and nothing of it was kept. Rejects only when the store fails. */
  hear(message: GroupMessage): Promise<"committed" | "duplicate" | "silent">;
  /** Whether a picture of this sender can belong to a matter; others are not even fetched. */
  wantsPicture(from: ConversationRef): Promise<boolean>;
  /** Does what is due of small matters. May run in several processes at once: each deed is done by one. */
  sweep(): Promise<void>;
}

export interface GroupHostOptions {
  store: Store;
  triage: Triage;
  knowledge: KnowledgeBase;
  gazetteer: Gazetteer;
  matcher: MatterMatcher;
  /** For the private chats of authors. */
  receive: Receive;
  clock: Clock;
  log: Logger;
  onCommitted(): void;
}

const MAX_STALE = 20;
const SWEEP = 50;

type Compute = (conversation: Conversation) => Promise<GroupOutcome>;

export function createGroupHost(options: GroupHostOptions): GroupHost {
  const { store, clock, log } = options;
  const lanes = createLanes();
  const parts = { ...options, newId: randomUUID };

  async function commit(message: InboundMessage, compute: Compute): Promise<"committed" | "duplicate" | "silent"> {
    const { channel, conversationId } = message.from;
    if (await store.hasMessage(channel, message.id)) return "duplicate";
    for (let attempt = 0; attempt < MAX_STALE; attempt++) {
      const conversation = await store.loadConversation(message.from);
      const outcome = await compute(conversation);
      if (!outcome) return "silent";
      const result = await store.commitTurn(turnOf(message, conversation, outcome, clock.now()));
      if (result === "committed") options.onCommitted();
      if (result !== "stale") return result;
    }
    throw new StoreError(`group ${conversationId} stayed busy through ${MAX_STALE} attempts`, { retryable: true });
  }

  async function known({ from, topic, names }: GroupMessage): Promise<CommunityGroup | undefined> {
    const group = await store.groupOf({ channel: from.channel, roomId: from.conversationId, topic });
    if (!group) return undefined;
    const bound = bindWorker(group, from.userId, names);
    if (!bound) return group;
    await store.saveGroup(bound);
    log.info("group.worker-bound", { roomId: from.conversationId, userId: from.userId });
    return bound;
  }

  async function situation(message: GroupMessage, { state }: Conversation) {
    const { from } = message;
    const group = await known(message);
    const since = new Date(clock.now().getTime() - REOPEN_MS);
    return {
      now: clock.now(),
      group,
      worker: group && workerOf(group, from.userId),
      matters: await store.currentSmallMatters(from, since),
      lastNumber: await store.lastSmallMatter(from),
      memory: state.group ?? { spokeAt: [] },
    };
  }

  /** A fault of ours costs who asked an apology; whoever did not ask hears nothing of it. */
  async function judged(turn: GroupTurn): Promise<GroupOutcome> {
    try {
      return await hear(parts, turn);
    } catch (cause) {
      const { id, from } = turn.message;
      const error = cause instanceof Error ? cause : new Error("not an error");
      log.error("group.turn-failed", { messageId: id, reason: reasonOf(error) });
      const record = { kind: "record" as const, what: "error" as const, detail: `${from.channel}/${id}` };
      return turn.mentioned ? { say: engineWords.failed(), effects: [record], memory: turn.memory } : undefined;
    }
  }

  async function due(matter: SmallMatter): Promise<void> {
    const from = roomOf(matter);
    if (matter.state === "asking" && !matter.asked) await askPrivately(matter);
    const group = await store.groupOf({ channel: matter.channel, roomId: matter.conversationId, topic: "" });
    const content = { kind: "unsupported", what: "clock" } as const;
    const message = { id: `clock ${matter.id} ${matter.revision}`, from, sentAt: clock.now(), content };
    const result = await commit(message, async ({ state }) => {
      const now = await store.loadSmallMatter(matter.id);
      if (!now || now.revision !== matter.revision) return undefined;
      const ticket = now.requestId === undefined ? undefined : await store.loadTicket(now.requestId);
      const lapsed = lapse(now, {
        now: clock.now(),
        workerId: group && workerId(group, now.gridWorker),
        ticket,
      });
      if (!lapsed) return undefined;
      const effects = [{ kind: "small-matter" as const, matter: lapsed.matter }];
      return { say: lapsed.say, effects, memory: state.group ?? { spokeAt: [] } };
    });
    log.info("group.matter-due", { matterId: matter.id, state: matter.state, result });
  }

  /** The question is a turn of the private chat, so that its answer is understood there; the same again is a duplicate. */
  async function askPrivately(matter: SmallMatter): Promise<void> {
    await options.receive({
      id: `ask ${matter.id} ${matter.revision}`,
      from: privateChatOf(matter),
      sentAt: clock.now(),
      content: { kind: "choice", choiceId: `group/ask/${matter.id}`, label: "群里的小事" },
    });
  }

  return {
    hear: (message) =>
      lanes.run(`${message.from.channel}:${message.from.conversationId}`, () => {
        const { id, from, sentAt, content, mentioned, quote } = message;
        return commit({ id, from, sentAt, content }, async (conversation) =>
          judged({
            ...(await situation(message, conversation)),
            message: { id, from, sentAt, content },
            mentioned,
            quote,
          }),
        );
      }),
    wantsPicture: async (from) =>
      pictureFor(await store.currentSmallMatters(from, clock.now()), from.userId) !== undefined,
    async sweep() {
      for (const matter of await store.dueSmallMatters(clock.now(), SWEEP)) {
        await lanes.run(`${matter.channel}:${matter.conversationId}`, () => due(matter));
      }
    },
  };
}

const roomOf = ({ channel, conversationId }: SmallMatter): ConversationRef => ({
  channel,
  conversationId,
  userId: "clock",
  group: true,
});

function turnOf(
  message: InboundMessage,
  { state, revision }: Conversation,
  outcome: NonNullable<GroupOutcome>,
  now: Date,
): Turn {
  return {
    message,
    baseRevision: revision,
    state: { ...state, group: outcome.memory, lastAt: now.toISOString() },
    say: outcome.say,
    effects: outcome.effects,
  };
}

const workerOf = (group: CommunityGroup, userId: string): GridWorker | undefined =>
  group.gridWorkers.find((worker) => worker.userId === userId);

/** A worker who is configured by name only is whoever first speaks under it; nobody else ever after. */
function bindWorker(group: CommunityGroup, userId: string, names: readonly string[]): CommunityGroup | undefined {
  if (workerOf(group, userId)) return undefined;
  const at = group.gridWorkers.findIndex(
    (worker) => worker.userId === undefined && worker.wechatName !== undefined && names.includes(worker.wechatName),
  );
  if (at < 0) return undefined;
  const gridWorkers = group.gridWorkers.map((worker, index) => (index === at ? { ...worker, userId } : worker));
  return { ...group, gridWorkers };
}
