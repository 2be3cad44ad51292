import express, { Router } from "express";
import type { LineAdapter, LineFault, ParsedEvent } from "../../adapters/line/index.ts";
import type { Logger } from "../../bots/ports.ts";
import type { LineIntake } from "./line-intake.ts";
import { createLimits, kept, type Limits, notAllowed, unreadable } from "./webhook-guard.ts";

export interface LineWebhookOptions {
  adapter: Pick<LineAdapter, "read">;
  intake: LineIntake;
  log: Logger;
}

/** Many events of 5,000 characters; files come by another way. */
const MOST_BODY = "1mb";

const STATUS: Record<LineFault, number> = { "bad-signature": 403, malformed: 400 };
const MEND: Record<LineFault, string> = {
  "bad-signature": "if the platform sent it, LINE_CHANNEL_SECRET differs from the console's",
  malformed: "not a webhook of the platform",
};

/**
 * `POST` takes events. 200 when all of them are durable; 400 what cannot be read; 403 a wrong signature; 413 over 1 MiB; 429 too many;
 * 503 when a message could not be kept: the platform sends the events again where redelivery is turned on. To be mounted at
 * `/webhooks/line`.
 */
export function createLineWebhook(options: LineWebhookOptions): Router {
  const { adapter, log } = options;
  const isTooMuch = createLimits();
  const router = Router();
  router.post("/", express.raw({ type: () => true, limit: MOST_BODY }), async (request, response) => {
    const body: unknown = request.body;
    const read = adapter.read(Buffer.isBuffer(body) ? body : Buffer.alloc(0), request.get("x-line-signature"));
    if (read.kind === "refused") {
      log.warn("line.refused", { fault: read.fault, mend: MEND[read.fault] });
      response.status((await isTooMuch("refused", request.ip ?? "")) ? 429 : STATUS[read.fault]).end();
      return;
    }
    const answers = await Promise.all(byCitizen(read.events).map((events) => inOrder(events, options, isTooMuch)));
    response.status(Math.max(200, ...answers.flat())).end();
  });
  router.use(notAllowed("POST"), unreadable);
  return router;
}

/** One citizen's film holds up nobody else's words. */
function byCitizen(events: ParsedEvent[]): ParsedEvent[][] {
  const who = (event: ParsedEvent) => ("envelope" in event ? event.envelope.userId : event.kind);
  return [...Map.groupBy(events, who).values()];
}

async function inOrder(events: ParsedEvent[], options: LineWebhookOptions, isTooMuch: Limits): Promise<number[]> {
  const answers: number[] = [];
  for (const event of events) answers.push(await answer(event, options, isTooMuch));
  return answers;
}

async function answer(event: ParsedEvent, { intake, log }: LineWebhookOptions, isTooMuch: Limits): Promise<number> {
  switch (event.kind) {
    case "silent":
      log.info("line.event", { messageId: event.id, event: event.event, about: event.about });
      return 200;
    case "called":
      await intake.leadAside(event);
      return 200;
    case "said":
    case "file": {
      const { id: messageId, userId, isRedelivery } = event.envelope;
      if (isRedelivery) log.info("line.redelivered", { messageId });
      if (await isTooMuch("said", userId)) return 429;
      return kept(() => intake.take(event), { log, platform: "line", messageId });
    }
    default:
      throw new Error("unknown kind of event", { cause: event satisfies never });
  }
}
