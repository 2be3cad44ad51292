import { BotError } from "../../bots/errors.ts";

const LONGEST = 200;

/**
 * Why a job failed, fit for logs and for people who need not know the citizen. Our own errors never repeat a citizen's
 * words. Other errors may (a parser quotes what it could not read): what stands in quotes or in other letters than
 * ASCII and any long number is left out of theirs.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown: ${typeof error}`;
  const message = error instanceof BotError ? error.message : withoutCitizen(error.message);
  const code = codeOf(error) ?? codeOf(error.cause);
  const parts = [error.name, code && `(${code})`, message && `: ${message}`];
  return parts.filter(Boolean).join(" ").replace(" : ", ": ").slice(0, LONGEST);
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const code = String(error.code);
  return /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

const withoutCitizen = (message: string): string =>
  message
    .replace(/"[^"]*"?|'[^']*'|`[^`]*`/g, "…")
    .replace(/[^\x20-\x7e…]+/g, "…")
    .replace(/\d{5,}/g, "…");
