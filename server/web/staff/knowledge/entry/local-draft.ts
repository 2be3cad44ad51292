import type { EntryForm } from "../form.ts";

/** What was typed and not saved. `base`: the version it began with, absent for a new entry. */
export interface LocalDraft {
  form: EntryForm;
  base?: number;
  at: string;
}

const PREFIX = "jiesu.knowledge.";

/** One for each person and entry, in this browser only: a reload, a crash or the end of a session loses nothing. */
export const draftKey = (username: string, entryId: string): string => `${PREFIX}${username}.${entryId}`;

export function readDraft(key: string): LocalDraft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null") as LocalDraft | null;
    return draft && typeof draft.form?.text === "string" && Array.isArray(draft.form.tests) ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Storage may be full or forbidden: then the page itself is the only place, and leaving it asks first. */
export function writeDraft(key: string, draft: LocalDraft | undefined): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}
