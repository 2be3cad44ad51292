import type { ChannelCapabilities } from "../../bots/model/index.ts";
import { endOfQuiet, type QuietHours } from "./quiet-hours.ts";

/** What becomes of words that nobody asked for. `shut`: why they may not be pushed, so that the channel need not try. */
export type Plan = { kind: "now"; shut?: string } | { kind: "later"; until: Date; reason: string };

export interface Occasion {
  now: Date;
  /** A matter of life or property: it wakes people up. */
  urgent: boolean;
  /** When the citizen was there last, as far as that is known. */
  lastHeardAt?: Date;
  push: ChannelCapabilities["push"];
  /** Messages pushed since then, where their number is limited. */
  pushed: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Who said something within this time is awake and has the chat at hand. */
const TALKING_MS = 15 * MINUTE_MS;

/**
 * News wait while citizens sleep, and are not sent where the platform would refuse them. Who is talking right now is told at once; an
 * emergency always. Pure.
 */
export function planWords({ now, urgent, lastHeardAt, push, pushed }: Occasion, quiet: QuietHours | undefined): Plan {
  const silentMs = lastHeardAt ? now.getTime() - lastHeardAt.getTime() : Number.POSITIVE_INFINITY;
  const until = quiet && !urgent && silentMs > TALKING_MS ? endOfQuiet(quiet, now) : undefined;
  if (until) return { kind: "later", until, reason: "quiet hours: nobody is to be woken by it" };
  const shut = whyShut(push, silentMs, pushed);
  return shut === undefined ? { kind: "now" } : { kind: "now", shut };
}

function whyShut(push: ChannelCapabilities["push"], silentMs: number, pushed: number): string | undefined {
  if (push === "anytime") return undefined;
  if (push === "never") return "the channel never speaks first";
  const { windowHours, messages } = push;
  if (silentMs > windowHours * HOUR_MS) return `not tried: the citizen wrote last more than ${windowHours} hours ago`;
  if (messages !== undefined && pushed >= messages)
    return `not tried: ${messages} messages were pushed since the citizen wrote`;
  return undefined;
}
