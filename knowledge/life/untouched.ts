import { candidatesOf } from "../policies/candidates.ts";
import type { Entry } from "../policies/entry.ts";
import { isForSome } from "../policies/scope/asked-scope.ts";
import type { Segmenter } from "../text/segment.ts";
import type { Overlay } from "./overlay.ts";

/**
 * Whether a way of asking is certainly answered as without the changes, from the same entry and with the same confidence. Exact, because
 * judging sees nothing of a base but its candidates, which of the words asked it knows, and, of documents, how many entries there are; it
 * takes a search instead of two answers. False means only that it has to be asked: so it is where entries for some region or people only are
 * among the candidates, for which more is searched.
 */
export function createUntouched(overlay: Overlay, segmenter: Segmenter) {
  return (query: string, accept: (entry: Entry) => boolean): boolean => {
    let isSame = true;
    const search: Overlay["search"] = (...asked) => {
      const found = overlay.unchanged(...asked);
      isSame &&= found !== undefined;
      return found ?? [];
    };
    const candidates = candidatesOf({ query, accept, index: { search } });
    if (!isSame || candidates.some(({ entry }) => isForSome(entry))) return false;
    if (!overlay.isAsLarge() && candidates.some(({ entry }) => !entry.question)) return false;
    return !segmenter.segment(query).some(overlay.isNews);
  };
}
