import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import type { Entry } from "../../knowledge/policies/entry.ts";
import { loadStarterEntries } from "../../knowledge/policies/starter.ts";
import { compose } from "../../server/compose.ts";
import { createLogger } from "../../server/log.ts";
import { watchProcessor } from "./processor.ts";

const ENTRIES = 20_000;
const QUESTIONS = 1_500;
const CHECKED = 5;
const TICK_MS = 5;

/** The starter entries, again and again for other places, each with a test question of its own. */
function made(): Entry[] {
  const starter = loadStarterEntries();
  return Array.from({ length: ENTRIES }, (_, i) => {
    const like = starter[i % starter.length] as Entry;
    const place = `第${Math.floor(i / starter.length)}街道`;
    const question = `${place}${like.question ?? like.title ?? ""}`;
    return {
      ...like,
      id: `bench-${i}`,
      question,
      text: `${place}：${like.text}`,
      tests: [{ question: `${like.similar[0] ?? question}（${place}）`, expect: "this" }],
      status: "published",
    };
  });
}

/** How long the check before publishing takes in a base of 20,000 entries, each with a test, and 1,500 questions of the last month. */
export async function runChecks(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "jiesu-bench-"));
  const house = await compose({ dataDir, secretKey: "b".repeat(40), log: createLogger("silent"), channels: () => [] });
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  try {
    const entries = made();
    await house.knowledgeStore.importEntries(entries, { publish: true });
    await house.knowledge.refresh();
    await house.knowledge.caughtUp();
    await ask(house, entries);
    const { life, trials } = house.knowledgeRooms;
    const by = { username: "bench", role: "editor" as const };
    for (let i = 0; i < CHECKED; i++) {
      const { status: _, ...content } = entries[i * 997] as Entry;
      await life.save(by, 1, { ...content, text: `${content.text}另外可以网上办理。` });
      delay.reset();
      delay.enable();
      const watched = watchProcessor(TICK_MS);
      const begun = performance.now();
      const checked = await trials.check(content.id, 2);
      const tookMs = performance.now() - begun;
      delay.disable();
      if (!checked || checked === "cancelled") throw new Error("the check came to nothing");
      const { tests, questions } = checked;
      console.log(
        `${content.question}: ${(tookMs / 1000).toFixed(1)} s, held up for at most ${Math.round(delay.max / 1e6)} ms (by the processor ${Math.round(watched())} ms); ` +
          `tests ${tests.tried} of ${tests.asked}, failed ${tests.failed.length}; questions ${questions.tried} of ${questions.asked}, changed ${questions.changed.length}`,
      );
    }
  } finally {
    await house.close();
    rmSync(dataDir, { recursive: true });
  }
}

async function ask(house: Awaited<ReturnType<typeof compose>>, entries: readonly Entry[]): Promise<void> {
  const ref = { channel: "terminal", conversationId: "bench", userId: "bench" } as const;
  await house.database.write(() => {
    for (let i = 0; i < QUESTIONS; i++) {
      const { question = "", similar } = entries[(i * 13) % ENTRIES] as Entry;
      const asked = `${similar[i % Math.max(1, similar.length)] ?? question}${i % 7}`;
      house.store.asked.prepare({ question: asked, outcome: "unsure" }, ref, new Date())();
    }
  });
}
