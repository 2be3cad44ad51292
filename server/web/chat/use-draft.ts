import { useCallback, useState } from "react";
import type { Memory } from "./direct-line/session.ts";

const KEY = "jiesu.draft";

/** What is typed and not yet sent outlives a reload. */
export function useDraft(memory: Memory): [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => memory.get(KEY) ?? "");
  const change = useCallback(
    (text: string) => {
      setDraft(text);
      if (text === "") memory.remove(KEY);
      else memory.set(KEY, text);
    },
    [memory],
  );
  return [draft, change];
}
