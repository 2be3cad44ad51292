/** One request below `/api`; throws an error that carries a sentence for the person at the desk (see `sentenceOf`). */
export type Call = <T>(method: string, path: string, body?: unknown, signal?: AbortSignal) => Promise<T>;
