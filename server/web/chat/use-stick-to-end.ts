import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Closer to the end than this, a reader is taken to follow the talk. */
const NEAR_PX = 120;

/** Follows the talk unless the reader has gone back to older words; then a button offers the way down. */
export function useStickToEnd(
  view: RefObject<HTMLElement | null>,
  change: { count: number; ownLast: boolean; typing: boolean },
) {
  const near = useRef(true);
  const seen = useRef(0);
  const [behind, setBehind] = useState(false);

  const toEnd = useCallback(() => {
    const element = view.current;
    if (element) element.scrollTop = element.scrollHeight;
    near.current = true;
    setBehind(false);
  }, [view]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the typing row moves the end without a new message
  useLayoutEffect(() => {
    const grew = change.count > seen.current;
    seen.current = change.count;
    if (near.current || (grew && change.ownLast)) toEnd();
    else if (grew) setBehind(true);
  }, [change.count, change.ownLast, change.typing, toEnd]);

  useEffect(() => {
    const element = view.current;
    if (!element) return;
    const onScroll = () => {
      near.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (near.current) setBehind(false);
    };
    // The keyboard, a picture that has loaded, larger letters: the end moves without a new message.
    const onResize = new ResizeObserver(() => near.current && toEnd());
    element.addEventListener("scroll", onScroll, { passive: true });
    onResize.observe(element);
    for (const child of element.children) onResize.observe(child);
    return () => {
      element.removeEventListener("scroll", onScroll);
      onResize.disconnect();
    };
  }, [view, toEnd]);

  return { behind, toEnd };
}
