import { readFileSync } from "node:fs";
import { loadDivisions } from "../../knowledge/places/divisions.ts";
import { createGazetteer } from "../../knowledge/places/gazetteer.ts";
import { loadAddressFinder } from "../../knowledge/places/parsing/address-in.ts";
import { createSegmenter } from "../../knowledge/text/segment.ts";

const PROBE = new URL("../knowledge/places/probe.jsonl", import.meta.url);
const ROUNDS = 5;
/** A letter of some 2,000 characters, the longest text that is read. */
const LETTER_OF = 100;

/** How much processor time a text takes to resolve, which the noise of a shared machine moves least, with all communities of the city in memory: the messages of the probe, and letters made of them. */
export async function runPlaces(): Promise<void> {
  const texts = readFileSync(PROBE, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const letters = texts.map((_, at) => [...texts, ...texts].slice(at, at + LETTER_OF).join("，"));
  const before = process.cpuUsage();
  const gazetteer = createGazetteer({
    ...loadDivisions(),
    segmenter: createSegmenter(),
    finder: loadAddressFinder({ quick: true }),
  });
  console.log(`loading: ${Math.round(process.cpuUsage(before).user / 1000)} ms of processor time`);
  for (const [name, some] of [["messages", texts] as const, ["letters", letters] as const]) {
    for (const text of some.slice(0, 100)) await gazetteer.resolve(text);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const text of some) {
        const before = process.cpuUsage();
        await gazetteer.resolve(text);
        const { user, system } = process.cpuUsage(before);
        times.push((user + system) / 1000);
      }
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
    console.log(`${name}: ${times.length} texts, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  }
}
