import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { entryRows } from "../../knowledge/import/entry-cells.ts";
import { writeXlsx } from "../../knowledge/import/xlsx/write.ts";
import type { Entry } from "../../knowledge/policies/entry.ts";
import { compose } from "../../server/compose.ts";
import { createLogger } from "../../server/log.ts";
import { watchProcessor } from "./processor.ts";

const ROWS = 20_000;
const ROUNDS = 3;
const TICK_MS = 5;
const EDITOR = { username: "bench", role: "editor" as const };

/** Entries of a city's size: half a hundred words each, paraphrases and a source; `salt` makes them new content. */
const made = (salt: string): Entry[] =>
  Array.from({ length: ROWS }, (_, i) => ({
    id: `bench-${i}`,
    question: `第${i}号事项${salt}在哪里办理，要带什么？`,
    text: `第${i}号事项${salt}到所在街道的政务服务中心办理，每周一至周五9点到17点，带身份证原件和复印件${i % 7}份，${i % 30}个工作日内办结，不收费。`,
    similar: [`${i}号事项怎么办`, `办${i}号事项要什么材料`],
    source: { title: `第${i % 90}号办法`, issuer: "某局", number: `某发〔2024〕${i % 90}号`, article: `第${i % 30}条` },
    validFrom: "2024-05-01",
    status: "draft",
  }));

/**
 * How long a workbook of 20,000 rows takes from the upload to the preview, and from the start to the drafts: into a base that has the starter
 * entries, and again with other words into one that has all of these rows. Beside it how long the process answered nobody.
 */
export async function runImports(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), "jiesu-bench-"));
  const house = await compose({ dataDir, secretKey: "b".repeat(40), log: createLogger("silent"), channels: () => [] });
  const { imports } = house.knowledgeRooms;
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  async function timed(work: () => Promise<unknown>): Promise<string> {
    delay.reset();
    delay.enable();
    const watched = watchProcessor(TICK_MS);
    const begun = performance.now();
    await work();
    await imports.idle();
    const tookMs = performance.now() - begun;
    delay.disable();
    const cpuMs = Math.round(watched());
    const perMinute = Math.round((ROWS / tookMs) * 60_000);
    return `${(tookMs / 1000).toFixed(1)} s (${perMinute} rows a minute), held up for at most ${Math.round(delay.max / 1e6)} ms (by the processor ${cpuMs} ms)`;
  }
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = writeXlsx("知识库", entryRows(made(round === 0 ? "" : `（第${round}版）`)));
      let id = "";
      const read = await timed(async () => {
        const outcome = await imports.create(EDITOR, { bytes, name: "bench.xlsx" });
        if (outcome.kind === "done") id = outcome.id;
      });
      const brought = await timed(() => imports.start(id, {}));
      const found = imports.find(id);
      const mb = (bytes.length / 1e6).toFixed(1);
      console.log(
        `round ${round + 1} (${mb} MB): read and compared ${read}; imported ${brought}; ${found?.state} ${found?.done}`,
      );
    }
  } finally {
    await house.close();
    rmSync(dataDir, { recursive: true });
  }
}
