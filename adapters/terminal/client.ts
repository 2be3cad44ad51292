/** How many keys are remembered; a terminal lives as long as its process, and so does the memory. */
const REMEMBERED = 10_000;

/** Writes each key once. `write` gets a line without its end. */
export function createPrinter(options: { write(line: string): void }): { print(key: string, line: string): void } {
  const printed = new Set<string>();
  return {
    print(key, line) {
      if (printed.has(key)) return;
      options.write(line);
      printed.add(key);
      if (printed.size > REMEMBERED) printed.delete(printed.values().next().value ?? key);
    },
  };
}
