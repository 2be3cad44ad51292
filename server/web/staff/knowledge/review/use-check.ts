import { useCallback, useEffect } from "react";
import type { KnowledgeApi } from "../api.ts";
import type { CheckJob } from "../model.ts";
import { useLoaded } from "../use-loaded.ts";

const REFRESH_MS = 500;

export interface Checking {
  job?: CheckJob;
  /** Why it cannot be begun, or what has become of it cannot be learned. */
  error?: string;
  isUnderWay: boolean;
  again(): void;
  cancel(): void;
}

/** Begins the check of a version, or takes up the one that is under way, and follows it; it goes on when the page is left. */
export function useCheck(api: KnowledgeApi, id: string, version: number): Checking {
  const { value, error, loading, reload, replace } = useLoaded(
    useCallback((signal: AbortSignal) => api.startCheck(id, version, signal), [api, id, version]),
  );
  const isRunning = value?.state === "running";
  useEffect(() => {
    if (!isRunning) return;
    const abort = new AbortController();
    // What cannot be read now is read the next time; one that is not known any more, after a restart, is begun again.
    const look = () => api.readCheck(id, version, abort.signal).then(replace, () => abort.signal.aborted || reload());
    const timer = setInterval(() => void look(), REFRESH_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [api, id, version, isRunning, replace, reload]);
  return {
    job: value,
    error,
    isUnderWay: isRunning || (value === undefined && loading),
    again: reload,
    cancel: () => void api.cancelCheck(id, version).then(replace, reload),
  };
}
