import { spawn } from "node:child_process";
import { once } from "node:events";
import { cleanEnvironment, type Environment, repository } from "./server-process.ts";

export interface CliResult {
  status: number | null;
  /** Lines of standard output, the empty end left off. */
  lines: string[];
  errors: string[];
}

/** Runs `cli …` as a process of its own. Each string of `input` is one line. */
export async function cli(args: string[], input: string[] = [], environment: Environment = {}): Promise<CliResult> {
  const child = spawn(process.execPath, ["server/cli.ts", ...args], {
    cwd: repository,
    env: cleanEnvironment(environment),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const output = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    output.err += chunk;
  });
  // A command that refuses at once does not read what it is given.
  child.stdin.on("error", () => undefined);
  child.stdin.end(input.map((line) => `${line}\n`).join(""));
  await once(child, "close");
  return { status: child.exitCode, lines: linesOf(output.out), errors: linesOf(output.err) };
}

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** The same for commands of JSON lines in and out. */
export async function cliJson<Out>(args: string[], input: object[]): Promise<Out[]> {
  const result = await cli(
    args,
    input.map((each) => JSON.stringify(each)),
  );
  if (result.status !== 0) throw new Error(`cli ${args.join(" ")} ended with ${result.status}: ${result.errors}`);
  return result.lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Out);
}
