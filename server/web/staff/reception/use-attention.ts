import { useCallback, useEffect, useRef, useState } from "react";
import { isGone, sentenceOf } from "../api.ts";
import type { ReceptionApi } from "./api.ts";
import type { Attention } from "./model.ts";

const REFRESH_MS = 2_000;

export interface AttentionState {
  attention?: Attention;
  /** What went wrong; the conversation stays as it was shown. */
  error?: string;
  /** Why it is not this operator's any more. */
  gone?: string;
  /** Does something and shows what has become of the conversation; false when it was not done. */
  run(act: () => Promise<Attention | undefined>): Promise<boolean>;
}

/** One conversation, anew every two seconds. */
export function useAttention(api: ReceptionApi, id: string | undefined): AttentionState {
  const [attention, setAttention] = useState<Attention>();
  const [error, setError] = useState<string>();
  const [gone, setGone] = useState<string>();
  const deeds = useRef(0);

  const load = useCallback(
    async (signal?: AbortSignal) => {
      if (id === undefined) return;
      const before = deeds.current;
      try {
        const found = await api.read(id, signal);
        // What was read before something was done would show the conversation as it no longer is.
        if (signal?.aborted || deeds.current !== before) return;
        setAttention(found);
        setGone(undefined);
      } catch (failure) {
        if (signal?.aborted) return;
        if (isGone(failure)) setGone(sentenceOf(failure));
        else setError(sentenceOf(failure));
      }
    },
    [api, id],
  );

  useEffect(() => {
    setAttention(undefined);
    setError(undefined);
    setGone(undefined);
    if (id === undefined) return;
    const abort = new AbortController();
    void load(abort.signal);
    const timer = setInterval(() => void load(abort.signal), REFRESH_MS);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [id, load]);

  const run = useCallback(
    async (act: () => Promise<Attention | undefined>) => {
      setError(undefined);
      try {
        const after = await act();
        deeds.current += 1;
        if (after) setAttention(after);
        return true;
      } catch (failure) {
        setError(sentenceOf(failure));
        await load();
        return false;
      }
    },
    [load],
  );

  return { attention, error, gone, run };
}
