import { useCallback, useEffect, useRef, useState } from "react";
import { type StaffApi, sentenceOf, type TicketQuery } from "./api.ts";
import type { TicketPage } from "./model.ts";

const REFRESH_MS = 30_000;

export interface Tickets extends TicketPage {
  loading: boolean;
  error?: string;
  reload(): void;
}

/** One page of the list, fetched anew with every change of the query and twice a minute; an error leaves what was shown. */
export function useTickets(api: StaffApi, query: TicketQuery): Tickets {
  const [page, setPage] = useState<TicketPage>({ tickets: [], total: 0 });
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<string>();
  const asked = useRef<AbortController>(undefined);
  const { unit, state, query: words, page: number, pageSize } = query;

  const reload = useCallback(() => {
    asked.current?.abort();
    const abort = new AbortController();
    asked.current = abort;
    setLoading(true);
    api
      .tickets({ unit, state, query: words, page: number, pageSize }, abort.signal)
      .then(
        (found) => {
          setPage(found);
          setError(undefined);
        },
        (failure) => {
          if (!abort.signal.aborted) setError(sentenceOf(failure));
        },
      )
      .finally(() => {
        if (asked.current === abort) setLoading(false);
      });
  }, [api, unit, state, words, number, pageSize]);

  useEffect(() => {
    reload();
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), REFRESH_MS);
    return () => {
      clearInterval(timer);
      asked.current?.abort();
    };
  }, [reload]);

  return { ...page, loading, error, reload };
}
