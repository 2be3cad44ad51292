import { mkdir } from "node:fs/promises";
import { endianness } from "node:os";
import { join } from "node:path";
import type { Logger } from "../../bots/ports.ts";
import { readBundle, type Section, writeBundle } from "../text/bundle.ts";
import type { SavedTextIndex } from "../text/index.ts";
import type { Segmenter } from "../text/segment.ts";
import type { SavedEntryIndex } from "./entry-index.ts";
import { indexMark } from "./index-mark.ts";

/** An index as of the source's change number `change`. `mark`: of the source (see `LastingEntrySource`). */
export interface KeptIndex {
  change: number;
  mark: string;
  index: SavedEntryIndex;
}

export interface IndexKeeper {
  /** What was kept last, by whatever process, if its mark is one of ours; `undefined` when there is nothing of use, whatever the reason. */
  load(isOurs: (mark: string) => boolean): Promise<KeptIndex | undefined>;
  /** A failure is logged, not thrown: the index can be built again. */
  save(kept: KeptIndex): Promise<void>;
}

/** To be raised when the arrays of an index mean something else than before. */
const FORMAT = 2;
const FILE = "published.index";

interface Front {
  key: string;
  change: number;
  mark: string;
  passages: SavedEntryIndex["passages"];
  asking: SavedEntryIndex["asking"];
  averages: Record<Part, SavedTextIndex["averages"]>;
}

type Part = "whole" | "parts";
type Run = SavedTextIndex["runs"][number];
interface RunHead {
  part: Part;
  ids: Run["ids"];
  growth: number;
}

/** Keeps the index of the published base in a file of `dir`. A damaged, foreign or old file is passed over with one line in the log. */
export function createIndexKeeper(options: { dir: string; segmenter: Segmenter; log: Logger }): IndexKeeper {
  const { dir, segmenter, log } = options;
  const file = join(dir, FILE);
  const keyOf = () => JSON.stringify([FORMAT, endianness(), indexMark(segmenter)]);

  return {
    async load(isOurs) {
      try {
        const sections = await readBundle(file);
        if (!sections) return undefined;
        const front = sections[0]?.json as Front;
        if (front.key !== keyOf()) throw new Error("it was built by another version");
        if (!isOurs(front.mark)) throw new Error("it was built from other entries");
        return unpack(front, sections.slice(1));
      } catch (error) {
        log.warn("knowledge.index-discarded", { file, reason: error instanceof Error ? error.message : String(error) });
        return undefined;
      }
    },
    async save(kept) {
      try {
        await mkdir(dir, { recursive: true });
        await writeBundle(file, pack(keyOf(), kept));
      } catch (error) {
        log.warn("knowledge.index-not-kept", { reason: error instanceof Error ? error.message : String(error) });
      }
    },
  };
}

function* pack(key: string, { change, mark, index }: KeptIndex): Generator<Section> {
  const { whole, parts, passages, asking } = index;
  const averages = { whole: whole.averages, parts: parts.averages };
  yield { json: { key, change, mark, passages, asking, averages } satisfies Front, arrays: {} };
  for (const part of ["whole", "parts"] as const) {
    for (const { ids, growth, arrays } of index[part].runs) {
      yield { json: { part, ids, growth } satisfies RunHead, arrays: { ...arrays } };
    }
  }
}

function unpack({ change, mark, passages, asking, averages }: Front, sections: readonly Section[]): KeptIndex {
  const runsOf = (part: Part): Run[] =>
    sections
      .map(({ json, arrays }) => ({ ...(json as RunHead), arrays: arrays as unknown as Run["arrays"] }))
      .filter((run) => run.part === part);
  const index = {
    whole: { averages: averages.whole, runs: runsOf("whole") },
    parts: { averages: averages.parts, runs: runsOf("parts") },
    passages,
    asking,
  };
  return { change, mark, index };
}
