import { useCallback, useEffect, useState } from "react";
import { sentenceOf } from "../api.ts";
import type { ReceptionApi } from "./api.ts";
import type { Queue } from "./model.ts";

const REFRESH_MS = 3_000;

export interface QueueState extends Queue {
  error?: string;
  reload(): void;
}

/** The queue, anew every few seconds, in the background too: that somebody waits is to be seen from every page. */
export function useQueue(api: ReceptionApi | undefined): QueueState {
  const [queue, setQueue] = useState<Queue>({ open: [], ended: [] });
  const [error, setError] = useState<string>();
  const reload = useCallback(() => {
    api?.queue().then(
      (found) => {
        setQueue(found);
        setError(undefined);
      },
      (failure) => setError(sentenceOf(failure)),
    );
  }, [api]);
  useEffect(() => {
    reload();
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return { ...queue, error, reload };
}

const TITLE = "接诉即办工作台";

/** How many citizens wait for a person, in the title of the browser's tab. */
export function useTitleCount(waiting: number): void {
  useEffect(() => {
    document.title = waiting > 0 ? `（${waiting}）${TITLE}` : TITLE;
  }, [waiting]);
}
