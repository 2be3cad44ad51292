import { cpus } from "node:os";
import { type Child, startChild } from "./child.ts";
import { type Measured, measure, median } from "./measure.ts";
import { createPost, type Post } from "./post.ts";
import { createVisit, greeting, type Talk } from "./talks.ts";
import { createCitizen, createPlainVisitor, type Visitor } from "./visitor.ts";

const VISITORS = 50;
const ROUNDS = 5;
const ROUND_MS = 4_000;
const WARM_UP_MS = 3_000;

interface Line {
  name: string;
  subject: string;
  enter(post: Post): Promise<Visitor>;
  talk: Talk;
}

const plain = async (post: Post) => createPlainVisitor(post);
const LINES: Line[] = [
  { name: "(a) Express 5, JSON in and out", subject: "bare", enter: plain, talk: greeting },
  { name: "(b) the same, one durable insert each", subject: "durable", enter: plain, talk: greeting },
  { name: "jiesu, greetings only", subject: "jiesu", enter: createCitizen, talk: greeting },
  { name: "jiesu, whole visits", subject: "jiesu", enter: createCitizen, talk: createVisit() },
];

/**
 * Turns a second and how long they take with fifty citizens at the same time: from the POST through engine, commit and outbox
 * to the answer on the citizen's stream; beside it, in the same run, what Express alone and Express with one durable insert do.
 * The lines take turns, round by round, so that a slow minute of the machine is everybody's.
 */
export async function runTurns(): Promise<void> {
  const children = new Map<string, Child>();
  const close: (() => void)[] = [];
  const childOf = ({ subject }: Line): Child => {
    const child = children.get(subject);
    if (!child) throw new Error(`the subject "${subject}" does not run`);
    return child;
  };
  try {
    for (const { subject } of LINES) if (!children.has(subject)) children.set(subject, await startChild(subject));
    const entered = await Promise.all(
      LINES.map(async (line) => {
        const child = childOf(line);
        const client = createPost(child.url);
        const visitors = await Promise.all(Array.from({ length: VISITORS }, () => line.enter(client.post)));
        close.push(client.close, ...visitors.map(({ leave }) => leave));
        const { talk } = line;
        const { processorMs } = child;
        const run = (forMs: number) => measure({ visitors, talk, forMs, processorMs });
        return { name: line.name, run, rounds: [] as Measured[] };
      }),
    );
    for (const { run } of entered) await run(WARM_UP_MS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const { run, rounds } of entered) rounds.push(await run(ROUND_MS));
    }
    report(entered);
  } finally {
    for (const each of close) each();
    for (const child of children.values()) await child.stop();
  }
}

function report(lines: { name: string; rounds: Measured[] }[]): void {
  const [, durable] = lines;
  const rate = (rounds: Measured[]) => median(rounds.map(({ turnsPerSecond }) => turnsPerSecond));
  const rows = lines.map(({ name, rounds }) => {
    const times = (of: (one: Measured) => number | undefined) => {
      const known = rounds.map(of).filter((each) => each !== undefined);
      return known.length > 0 ? median(known).toFixed(1) : "";
    };
    const rates = rounds.map(({ turnsPerSecond }) => Math.round(turnsPerSecond));
    return [
      name,
      rate(rounds).toFixed(0),
      `${Math.min(...rates)}–${Math.max(...rates)}`,
      durable ? (rate(rounds) / rate(durable.rounds)).toFixed(2) : "",
      median(rounds.map(({ processorMs }) => processorMs)).toFixed(2),
      times(({ acknowledged }) => acknowledged.p50),
      times(({ acknowledged }) => acknowledged.p99),
      times(({ replied }) => replied?.p50),
      times(({ replied }) => replied?.p99),
    ];
  });
  const head = [
    "",
    "turns/s",
    "lowest–highest",
    "× (b)",
    "processor ms a turn",
    "ack p50",
    "ack p99",
    "reply p50",
    "reply p99",
  ];
  console.log(`${VISITORS} visitors at once, ${ROUNDS} rounds of ${ROUND_MS / 1000} s each, medians, times in ms`);
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}, ${process.platform}`);
  console.log(`\n${[head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n")}`);
}
