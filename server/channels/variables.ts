import { z } from "zod";

/** The address of a platform's server; `usual` is the one without the variable. */
export const apiBaseVariable = (name: string, usual: string) =>
  z.url({ protocol: /^https?$/, error: `${name} must be an http(s) address, like ${usual}` }).optional();

/** An address as requests are built on it. */
export const withoutSlash = (address: string): string => address.replace(/\/+$/, "");

type Values<Name extends string> = { [Each in Name]?: string };

/** Whether any of these variables is set. */
export const isMeant = <Name extends string>(values: Values<Name>, variables: { [Each in Name]?: unknown }): boolean =>
  Object.keys(variables).some((name) => values[name as Name] !== undefined);

/** What a channel cannot do without. */
export interface Needed<Name extends string> {
  /** As operators call it. */
  channel: string;
  /** How the names of all its variables begin. */
  prefix: string;
  /** Where the value of each variable is to be found. */
  where: { [Each in Name]?: string };
}

/** One sentence for each variable that is missing. */
export function missingOf<Name extends string>(values: Values<Name>, needed: Needed<Name>): string[] {
  const { channel, prefix, where } = needed;
  return Object.entries(where)
    .filter(([name]) => values[name as Name] === undefined)
    .map(
      ([name, place]) => `${name}: needed for ${channel}; copy it from ${place}, or unset every ${prefix}… variable`,
    );
}
