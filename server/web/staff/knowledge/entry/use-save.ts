import { useState } from "react";
import { refusalBody, sentenceOf } from "../../api.ts";
import { dayOf } from "../days.ts";
import { type EntryForm, type Faults, handInFaults, saveFaults } from "../form.ts";
import type { Conflict, Entry } from "../model.ts";
import { fieldId } from "./field.tsx";

/** The other's version, where the failure was that somebody else saved first. */
function conflictOf(failure: unknown): Conflict | undefined {
  const body = refusalBody(failure) as Partial<Conflict> | undefined;
  return body?.error?.code === "conflict" && body.head && body.changed ? (body as Conflict) : undefined;
}

export interface Saving {
  busy: boolean;
  error?: string;
  faults: Faults;
  conflict?: Conflict;
  /** Checks the form, then does it; undefined where it was not done, which is said then. */
  run(form: EntryForm, options: { handsIn: boolean }, deed: () => Promise<Entry>): Promise<Entry | undefined>;
  forget(): void;
}

/** One save at a time; its failures as sentences, at the field where they belong to one. */
export function useSave(): Saving {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [faults, setFaults] = useState<Faults>({});
  const [conflict, setConflict] = useState<Conflict>();

  return {
    busy,
    error,
    faults,
    conflict,
    async run(form, { handsIn }, deed) {
      const found = { ...(handsIn ? handInFaults(form, dayOf(new Date())) : {}), ...saveFaults(form) };
      setFaults(found);
      setError(undefined);
      const [first] = Object.keys(found);
      if (first !== undefined) {
        setError(handsIn ? "还不能提交，请看标红的地方。" : "还不能保存，请看标红的地方。");
        document.getElementById(fieldId(first))?.focus();
        return undefined;
      }
      setBusy(true);
      try {
        const entry = await deed();
        setConflict(undefined);
        return entry;
      } catch (failure) {
        const other = conflictOf(failure);
        if (other) setConflict(other);
        else setError(sentenceOf(failure));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    forget() {
      setConflict(undefined);
      setError(undefined);
      setFaults({});
    },
  };
}
