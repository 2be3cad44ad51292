import { runChecks } from "./checks.ts";
import { runImports } from "./imports.ts";
import { runKnowledgeStart, runKnowledgeStep } from "./knowledge/start.ts";
import { runKnowledge, runKnowledgeTrial } from "./knowledge/suite.ts";
import { runPlaces } from "./places.ts";
import { serveSubject } from "./turns/subjects.ts";
import { runTurns } from "./turns/suite.ts";

/** What can be measured: `npm run bench -- NAME`. Each prints its report on standard output. */
const suites: Record<string, (args: string[]) => Promise<void>> = {
  turns: runTurns,
  places: runPlaces,
  imports: runImports,
  checks: runChecks,
  knowledge: runKnowledge,
  "knowledge-start": runKnowledgeStart,
};
const DEFAULT_SUITE = "turns";

async function main([first = DEFAULT_SUITE, ...rest]: string[]): Promise<void> {
  // The suites start what they measure as processes of their own, through this same file.
  if (first === "serve") return serveSubject(rest[0] ?? "");
  if (first === "knowledge-trial") return runKnowledgeTrial(rest);
  if (first === "knowledge-step") return runKnowledgeStep(rest);
  const suite = Object.hasOwn(suites, first) ? suites[first] : undefined;
  if (!suite) throw new Error(`there is no suite "${first}"; there are: ${Object.keys(suites).join(", ")}`);
  await suite(rest);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
