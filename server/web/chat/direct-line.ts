import { createCalls } from "./direct-line/calls.ts";
import { createOutbox } from "./direct-line/outbox.ts";
import type { Outgoing } from "./direct-line/outgoing.ts";
import { type Connection, createReceiver, type StreamSocket } from "./direct-line/receiver.ts";
import { createRecord } from "./direct-line/record.ts";
import { createRequests, type SendForm } from "./direct-line/request.ts";
import { createSession, type Memory } from "./direct-line/session.ts";
import { type Timing, usualTiming } from "./direct-line/timing.ts";
import { type Activity, type GeoPoint, type OutgoingActivity, readActivitySet } from "./direct-line/wire.ts";

/** What the page shows. A new object after every change, the same one in between. */
export interface ChatSnapshot {
  connection: Connection;
  activities: readonly Activity[];
  outgoing: readonly Outgoing[];
}

export interface DirectLine {
  start(): void;
  stop(): void;
  subscribe(listener: () => void): () => void;
  snapshot(): ChatSnapshot;
  /** Each of these is kept at once, survives a reload (files do not) and reaches the bot exactly once. */
  sendText(text: string): void;
  sendChoice(choice: { choiceId: string; title: string }): void;
  sendLocation(location: GeoPoint): void;
  sendFile(file: File): void;
  retry(id: string): void;
  takeBack(id: string): Outgoing | undefined;
  /** The network is back, or the page is seen again. */
  wake(): void;
}

export interface DirectLineOptions {
  /** Scheme and host; empty for the page's own. */
  baseUrl: string;
  fetch: typeof fetch;
  sendForm: SendForm;
  /** Left out: polling only. */
  openSocket?: (url: string) => StreamSocket;
  memory: Memory;
  newId(): string;
  now(): number;
  timing?: Partial<Timing>;
}

/** A small Direct Line 3.0 client for which nothing is lost and nothing doubled over drops, errors and reloads. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const timing = { ...usualTiming, ...options.timing };
  const { memory, now, newId } = options;
  const requests = createRequests({ ...options, timeoutMs: timing.requestTimeoutMs });
  const record = createRecord();
  const listeners = new Set<() => void>();
  let connection: Connection = "connecting";
  let shown: ChatSnapshot | undefined;

  function changed(): void {
    outbox.echoed((id) => record.activities().some((activity) => activity.clientActivityID === id));
    shown = undefined;
    for (const listener of listeners) listener();
  }

  const session = createSession({ requests, memory, now, onNewConversation });
  const calls = createCalls({ requests, session, record, take });
  const outbox = createOutbox({ memory, timing, now, deliver: calls.deliver, onChange: changed });
  const receiver = createReceiver({
    timing,
    now,
    catchUp: calls.catchUp,
    streamUrl: calls.streamUrl,
    openSocket: options.openSocket,
    onFrame: (data) => take(parseFrame(data)),
    onConnection(next) {
      if (next === connection) return;
      connection = next;
      // The line is back: what waits need not sleep its pause out.
      if (next === "online") outbox.wake();
      changed();
    },
    onTick: () => void session.ticket().catch(() => undefined),
  });

  function onNewConversation(): void {
    record.reset();
    // Somebody who already said something wants an answer, not a greeting.
    if (outbox.items().every((item) => item.state === "sent")) queue({ type: "event", name: "webchat/join" });
    changed();
  }

  function take(value: unknown): void {
    if (record.take(readActivitySet(value))) changed();
  }

  function queue(activity: Omit<OutgoingActivity, "channelData">, extra: object = {}, file?: File): void {
    outbox.add({ ...activity, channelData: { ...extra, clientActivityID: newId() } }, file);
  }

  return {
    start() {
      outbox.wake();
      void receiver.run();
    },
    stop() {
      receiver.stop();
      outbox.stop();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot() {
      shown ??= { connection, activities: record.activities(), outgoing: outbox.items() };
      return shown;
    },
    sendText: (text) => queue({ type: "message", text }),
    sendChoice: ({ choiceId, title }) => queue({ type: "message", text: title }, { choiceId }),
    sendLocation: (location) => queue({ type: "message" }, { location }),
    sendFile: (file) => queue({ type: "message" }, {}, file),
    retry: (id) => outbox.retry(id),
    takeBack: (id) => outbox.takeBack(id),
    wake() {
      receiver.wake();
      outbox.wake();
    },
  };
}

/** An empty frame only keeps the line alive. */
function parseFrame(data: unknown): unknown {
  if (typeof data !== "string") throw new TypeError("a frame of the stream is not text");
  return data.trim() === "" ? {} : JSON.parse(data);
}
