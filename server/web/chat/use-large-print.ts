import { useEffect, useState } from "react";
import type { Memory } from "./direct-line/session.ts";

const KEY = "jiesu.large-print";

/** Large letters and buttons (适老化), remembered on this device. */
export function useLargePrint(memory: Memory): [boolean, () => void] {
  const [large, setLarge] = useState(() => memory.get(KEY) === "on");
  useEffect(() => {
    document.documentElement.dataset.print = large ? "large" : "normal";
    if (large) memory.set(KEY, "on");
    else memory.remove(KEY);
  }, [large, memory]);
  return [large, () => setLarge((current) => !current)];
}
