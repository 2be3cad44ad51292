import type { InScope } from "../candidates.ts";
import type { Entry } from "../entry.ts";
import { holds } from "./asked-scope.ts";
import { scopeNote } from "./label.ts";

/**
 * What the region or audience of an entry did to it. excluded: it holds elsewhere or for others. preferred: it came before other versions of the
 * matter. held-back: another version came before it. asked: the citizen is asked which version is meant.
 */
export type ScopeEffect = "excluded" | "preferred" | "held-back" | "asked";

export interface ExplainedScope {
  region?: string;
  audience?: string;
  effect?: ScopeEffect;
  /** Which of the two decided. */
  because?: "region" | "audience";
}

/** `undefined` for an entry that is for the whole city and everybody, and was touched by nothing. */
export function explainScope(entry: Entry, inScope: InScope | undefined): ExplainedScope | undefined {
  const decided = inScope ? decisionOn(entry, inScope) : {};
  const explained = { ...scopeNote(entry), ...decided };
  return Object.keys(explained).length === 0 ? undefined : explained;
}

function decisionOn(entry: Entry, { scope, settled }: InScope): Pick<ExplainedScope, "effect" | "because"> {
  const own = scope.scopeOf(entry);
  if (!holds(own)) return { effect: "excluded", because: own.region === "other" ? "region" : "audience" };
  const { versions, undecided, chosen } = settled;
  if (!versions.includes(entry) || versions.length < 2) return {};
  if (undecided) return { effect: "asked", because: undecided.respect };
  if (!chosen) return {};
  const isRegional = versions.some((one) => scope.scopeOf(one).region !== scope.scopeOf(chosen).region);
  return { effect: entry === chosen ? "preferred" : "held-back", because: isRegional ? "region" : "audience" };
}
