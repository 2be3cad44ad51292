import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Receive } from "../bots/ports.ts";

/** Figures for Prometheus. Labels are names from the code, never anything a citizen sent. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    turns: new Counter({
      name: "jiesu_turns_total",
      help: "Messages received, by channel and result",
      labelNames: ["channel", "result"],
      registers,
    }),
    turnSeconds: new Histogram({
      name: "jiesu_turn_seconds",
      help: "From a message's arrival to its committed turn",
      labelNames: ["channel"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    jobs: new Counter({
      name: "jiesu_jobs_total",
      help: "Outbox jobs settled, by kind and outcome",
      labelNames: ["kind", "outcome"],
      registers,
    }),
    words: new Counter({
      name: "jiesu_words_total",
      help: "Messages to citizens: delivered, postponed (quiet hours) and undelivered, by channel",
      labelNames: ["channel", "outcome"],
      registers,
    }),
    knowledgeEntries: new Gauge({
      name: "jiesu_knowledge_entries",
      help: "Entries the knowledge index holds",
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** Counts and times what is received. */
export function measured(receive: Receive, metrics: Metrics): Receive {
  return async (message) => {
    const { channel } = message.from;
    const stop = metrics.turnSeconds.startTimer({ channel });
    try {
      const result = await receive(message);
      metrics.turns.inc({ channel, result });
      return result;
    } catch (error) {
      metrics.turns.inc({ channel, result: "failed" });
      throw error;
    } finally {
      stop();
    }
  };
}
