import type { LogFields, Logger } from "../../bots/ports.ts";

/** A log that is kept as lines, every field written out, at every level. */
export function loggerInto(lines: string[]): Logger {
  const write =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      const shown = Object.entries(fields).map(([name, value]) => {
        const text = value instanceof Error ? `${value.name}: ${value.message} ${value.stack}` : String(value);
        return `${name}=${text}`;
      });
      lines.push(`${level} ${event} ${shown.join(" ")}`);
    };
  return { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") };
}
