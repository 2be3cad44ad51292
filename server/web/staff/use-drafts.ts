import { useCallback, useState } from "react";

/** One draft for each ticket, kept while the console is open: closing the drawer throws nothing away. */
export function useDrafts(number: string | undefined): [string, (text: string) => void] {
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const change = useCallback(
    (text: string) => {
      if (number !== undefined) setDrafts((all) => ({ ...all, [number]: text }));
    },
    [number],
  );
  return [(number !== undefined && drafts[number]) || "", change];
}
