export interface Clock {
  now(): Date;
}

/** Structured log. `fields` carry ids and numbers, never words, phone numbers or names. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogFields = Record<string, string | number | boolean | undefined | Error>;
