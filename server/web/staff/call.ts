/** One request below `/api`, its body as JSON, or a form with a file as it is; throws an error that carries a sentence for the person at the desk (see `sentenceOf`). */
export type Call = <T>(method: string, path: string, body?: unknown, signal?: AbortSignal) => Promise<T>;

/** A query with what is given; empty where nothing is. */
export function search(fields: Record<string, string | number | undefined>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
