import type { Choice, Danger, OutboundMessage } from "./model/index.ts";

/** The few sentences that the engine itself says. They are written in flows/text. */
export interface EngineWords {
  /** Something of ours broke; what was typed is kept. */
  failed(): OutboundMessage[];
  /** A kind of message that cannot be read, for instance a sticker; `what` is the channel's technical name for it. */
  unsupported(what: string): OutboundMessage[];
  /** A number typed that none of the choices has. */
  noSuchChoice(number: number, offered: Choice[]): OutboundMessage[];
  /** A button of an earlier time. */
  expiredChoice(): OutboundMessage[];
  nothingToCancel(): OutboundMessage[];
  /** Said before asking again, when an answer could not be used. */
  notUnderstood(): OutboundMessage[];
  /** The dialogue was changed by an update; `kept` tells whether what was said could be carried over. */
  flowChanged(kept: boolean): OutboundMessage[];
  /** Danger to life or property: whom to call, before anything else. */
  danger(danger: Danger): OutboundMessage[];
  /** To a person in despair who also told of a matter: it can be filed, when they want it. */
  troubleToo(): OutboundMessage[];
  /** The flow was put aside; what was said in it is kept. */
  paused(): OutboundMessage[];
  nothingToPause(): OutboundMessage[];
  /** Said before a flow that was put aside goes on. */
  continued(): OutboundMessage[];
  nothingToContinue(): OutboundMessage[];
  /** Something else has ended, and so many flows still lie aside. */
  stillPaused(count: number): OutboundMessage[];
  /** More than can be kept aside. */
  tooManyPaused(limit: number): OutboundMessage[];
  nothingSaid(): OutboundMessage[];
  /** An empty or invisible message. */
  empty(): OutboundMessage[];
}
