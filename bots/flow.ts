import type { MatterInHand } from "./matters.ts";
import type {
  Account,
  CitizenFacts,
  CodeInHand,
  CodeLook,
  ConversationRef,
  ConversationState,
  Effect,
  InboundMessage,
  Json,
  Media,
  OutboundMessage,
  Reading,
  SameMatter,
  SmallMatter,
  TicketView,
} from "./model/index.ts";
import type { Catalogue, Gazetteer, KnowledgeBase, Triage } from "./ports.ts";

/** What a flow may look at. Nothing here changes anything; what a flow wants done it returns in its step. */
export interface FlowContext {
  now: Date;
  from: ConversationRef;
  citizen: CitizenFacts;
  /** True while another flow is put aside for this message and goes on after it. */
  digression: boolean;
  /** The citizen comes back after hours: a question alone would leave them guessing what it belongs to. */
  returning: boolean;
  newId(): string;
  /** The reading of the current text, computed at most once a turn; undefined when the message has no text. */
  reading(): Promise<Reading | undefined>;
  knowledge: KnowledgeBase;
  triage: Triage;
  gazetteer: Gazetteer;
  catalogue: Catalogue;
  tickets: TicketReader;
  matters: MatterReader;
  smallMatters: SmallMatterReader;
  accounts: AccountReader;
}

export interface SmallMatterReader {
  /** A small matter that the citizen of this turn told in a group, while it is still open or may become a ticket. */
  find(id: string): Promise<SmallMatter | undefined>;
}

export interface MatterReader {
  /** An earlier ticket that is probably of the same matter: the citizen's own, or one of neighbours that they may join. */
  sameAs(matter: MatterInHand): Promise<SameMatter | undefined>;
}

export interface AccountReader {
  /** The person's accounts but for the one of this turn. */
  others(): Promise<Account[]>;
  /** Whether the account may have a code: not too many were asked for lately. */
  mayOffer(): Promise<boolean>;
  /** What a code is worth to the account of this turn. Whoever gets "unknown" has to let it be counted ("miss"). */
  look(code: CodeInHand): Promise<CodeLook>;
}

export interface TicketReader {
  /** Requests of the citizen of this turn, brought by any of their accounts, newest first. */
  mine(limit: number): Promise<TicketView[]>;
  /** A ticket of the citizen of this turn; another person's ticket is not found. */
  find(number: string): Promise<TicketView | undefined>;
}

interface StepParts {
  say: OutboundMessage[];
  effects?: Effect[];
  /** Merged into what is known of the citizen. */
  remember?: Partial<CitizenFacts>;
}

/**
 * What a flow makes of a message.
 * wait: keeps `state` and expects the next message. done: ends. pass: the message is not an answer to what was
 * asked; the router looks for a flow that wants it and comes back. hand-over: another flow starts with the same message,
 * or with `message` where what was said before belongs to it.
 */
export type Step<State extends Json = Json> =
  | ({ next: "wait"; state: State } & StepParts)
  | ({ next: "done" } & StepParts)
  | { next: "pass" }
  | { next: "hand-over"; to: string; message?: InboundMessage };

/** The outcome of a turn before it is committed. */
export interface Outcome {
  state: ConversationState;
  say: OutboundMessage[];
  effects: Effect[];
}

/** One line of a half-filled form, whole: masking is for whoever shows it. */
export interface FormRow {
  name: string;
  label: string;
  value: string;
  /** What an editor begins with, where the value shows more than was said. */
  input?: string;
  editable: boolean;
}

export type FormEdit<State extends Json = Json> =
  | { kind: "changed"; state: State }
  | { kind: "refused"; reason: string };

/** How people at the staff's side read and mend a form that is half filled; the flow alone knows what its state means. */
export interface StaffForm<State extends Json = Json> {
  /** What the form is for, as staff call it. */
  title: string;
  rows(state: State): FormRow[];
  /** A new value for one row, as an operator typed it. `reason` is a sentence for them. Says nothing to the citizen. */
  edit(ctx: FlowContext, state: State, name: string, value: string): Promise<FormEdit<State>>;
  /** Puts what the citizen sent to the operator into the form; the same again changes nothing. */
  attach(state: State, media: Media): State;
}

export interface Flow<State extends Json = Json> {
  name: string;
  /** Raised whenever the shape or meaning of the state changes. */
  version: number;
  start(ctx: FlowContext, message: InboundMessage): Promise<Step<State>>;
  resume(ctx: FlowContext, state: State, message: InboundMessage): Promise<Step<State>>;
  /** Asks again for what the flow waits for: after a digression, after an update of the flow. */
  remind(ctx: FlowContext, state: State): Promise<OutboundMessage[]>;
  /** What has been understood so far; a flow that has it keeps what was said when the citizen puts it aside or leaves it. */
  recap?(state: State): OutboundMessage[];
  /** Why the flow asks what it asks. */
  explain?(state: State): OutboundMessage[];
  /** What to say when the citizen leaves the flow unfinished. */
  leave(state: State): OutboundMessage[];
  /** Takes over what an older version had kept, as far as it fits; `undefined` when nothing does. */
  carryOver(fromVersion: number, state: Json): State | undefined;
  /** Present where there is a form that an operator can go on with. */
  form?: StaffForm<State>;
}
