import type { Lack } from "../../knowledge/life/content.ts";
import type { FieldChange } from "../../knowledge/life/diff.ts";
import type { Deed, KnowledgeRole } from "../../knowledge/life/permission.ts";
import type { VersionState } from "../../knowledge/life/states.ts";
import type { VersionRow } from "../store/sqlite/knowledge/entry-table.ts";

/** Why something was not done. Nothing was changed, but for a conflict: there `yours` keeps what the editor wrote. */
export type Refusal =
  | { kind: "not-found" }
  | { kind: "taken" }
  /** Somebody saved before: `changed` is what they changed of what the editor began with. */
  | { kind: "conflict"; head: VersionRow; yours: number; changed: FieldChange[] }
  /** Something was done to the entry since the editor saw it. */
  | { kind: "stale" }
  | { kind: "wrong-state"; deed: Deed; state: VersionState | "draft" | "withdrawn" | "expired" }
  | { kind: "not-allowed"; deed: Deed; least: KnowledgeRole; own: boolean; writers: string[] }
  | { kind: "incomplete"; lacks: Lack[] }
  | { kind: "no-reason" }
  | { kind: "not-later" };

export type Outcome<T = { version: number }> = ({ kind: "done" } & T) | Refusal;

/** Thrown inside a write so that all of it is undone; `attempt` makes a value of it again. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export function refuse(refusal: Refusal): never {
  throw new Refused(refusal);
}

/** The outcome of a write in which `refuse` may have been called. */
export async function attempt<T extends object>(write: Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: "done", ...(await write) };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}
