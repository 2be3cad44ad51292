import { useCallback, useEffect, useRef, useState } from "react";
import { sentenceOf } from "../api.ts";

export interface Loaded<T> {
  /** What was last fetched: it stays while something newer is on its way, and when that fails. */
  value?: T;
  loading: boolean;
  error?: string;
  reload(): void;
  /** Puts in what the server gave to another request. */
  replace(value: T): void;
}

/** Fetches with `load`, anew whenever it is another function (see `useCallback`); the older request is let go. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<string>();
  const asked = useRef<AbortController>(undefined);

  const reload = useCallback(() => {
    asked.current?.abort();
    const abort = new AbortController();
    asked.current = abort;
    setLoading(true);
    load(abort.signal)
      .then(
        (found) => {
          if (abort.signal.aborted) return;
          setValue(found);
          setError(undefined);
        },
        (failure) => {
          if (!abort.signal.aborted) setError(sentenceOf(failure));
        },
      )
      .finally(() => {
        if (asked.current === abort) setLoading(false);
      });
  }, [load]);

  useEffect(() => {
    reload();
    return () => asked.current?.abort();
  }, [reload]);

  const replace = useCallback((given: T) => {
    asked.current?.abort();
    setLoading(false);
    setError(undefined);
    setValue(given);
  }, []);
  return { value, loading, error, reload, replace };
}
