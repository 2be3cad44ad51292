import type { ChannelName, Choice, GeoPoint, InboundContent, OutboundMessage } from "../../../bots/model/index.ts";

/** What can be pressed: its words, and what the client hands back. */
export interface Button {
  label: string;
  press: unknown;
}

/** One message of the platform, read back from what would be sent: what stands on the screen, and which limits it breaks. */
export interface Payload {
  words: string;
  buttons: Button[];
  faults: string[];
}

export type Deed =
  | { kind: "say"; text: string }
  | { kind: "press"; button: Button }
  | { kind: "place"; point: GeoPoint };

/** A channel as seen from the citizen's side: one file like those beside this is all that a new one needs. */
export interface Platform {
  name: string;
  channel: ChannelName;
  /** What the messages of one turn become, in order. */
  payloads(turn: OutboundMessage[]): Payload[];
  /** What the channel understands of the update that the platform makes of a deed; undefined where the client cannot do it. */
  read(deed: Deed, offered: readonly Choice[]): InboundContent | undefined;
}

export const PUBLIC_URL = "https://12345.example.gov.cn";
export const AT = new Date("2026-03-01T08:00:00+08:00");

/** The keys are what the outbox would give. */
export const keyed = (turn: OutboundMessage[]) => turn.map((message, index) => ({ key: `job-${index}`, message }));

/** A fault when something is larger than the platform takes, or empty where it takes nothing empty. */
export const atMost = (what: string, size: number, most: number): string[] =>
  size > most || size === 0 ? [`${what}: ${size} of ${most}`] : [];

export const bytes = (text: string): number => Buffer.byteLength(text);
