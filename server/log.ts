import pino from "pino";
import type { LogFields, Logger } from "../bots/ports.ts";

/** Structured JSON lines on standard error, so that commands keep standard output for their results. */
export function createLogger(level: string): Logger {
  const log = pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const fieldsOf = ({ error, ...rest }: LogFields = {}) =>
    error instanceof Error ? { ...rest, err: describe(error) } : { ...rest, error };
  return {
    debug: (event, fields) => log.debug(fieldsOf(fields), event),
    info: (event, fields) => log.info(fieldsOf(fields), event),
    warn: (event, fields) => log.warn(fieldsOf(fields), event),
    error: (event, fields) => log.error(fieldsOf(fields), event),
  };
}

/** Messages of our own errors carry no personal data; those of others may quote input, so only type and stack frames are kept. */
function describe(error: Error): { type: string; message?: string; frames: string[] } {
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8);
  const own = /Error$/.test(error.name) && error.name !== "SyntaxError" && error.name !== "TypeError";
  return {
    type: error.name,
    ...(own ? { message: error.message.slice(0, 300) } : {}),
    frames: frames.map((frame) => frame.trim()),
  };
}

/** Whatever was thrown, as the log takes it. */
export const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
