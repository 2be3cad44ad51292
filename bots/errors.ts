/**
 * The small tree of errors. The message says who, what and what to do, and never repeats a citizen's words.
 * `retryable` tells the outbox whether trying again can help.
 */
export class BotError extends Error {
  override readonly name: string = "BotError";
  readonly retryable: boolean;
  /** When the other side named a time before which trying again is useless. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { retryable: boolean; retryAfterMs?: number; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A channel's platform or the citizen's client did not take a message. */
export class DeliveryError extends BotError {
  override readonly name = "DeliveryError";
}

/** The dispatch system did not answer, or not in a way that can be trusted. */
export class DispatchError extends BotError {
  override readonly name = "DispatchError";
}

/** The store could not keep what it was given; nothing of it was kept. */
export class StoreError extends BotError {
  override readonly name = "StoreError";
}

/**
 * Why a language model was of no help. Of the server: too late, not reachable, said no to the question itself, has too many,
 * is at fault, answered what cannot be used. Of ours: too many questions at once, resting after failures, the day's budget is spent.
 */
export type ModelFailure =
  | "timeout"
  | "unreachable"
  | "refused"
  | "throttled"
  | "failing"
  | "unusable"
  | "crowded"
  | "resting"
  | "spent";

/** The language model did not help. Never a reason to keep a citizen waiting: whoever asked goes on without. */
export class ModelError extends BotError {
  override readonly name = "ModelError";
  readonly reason: ModelFailure;

  constructor(reason: ModelFailure, message: string, cause?: unknown) {
    super(message, { retryable: reason !== "refused", cause });
    this.reason = reason;
  }
}

export const isRetryable = (error: unknown): boolean => !(error instanceof BotError) || error.retryable;
