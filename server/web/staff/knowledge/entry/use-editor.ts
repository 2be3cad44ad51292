import { App } from "antd";
import { useCallback, useEffect, useState } from "react";
import { guardLeaving } from "../../navigation.ts";
import { type EntryForm, formOf, isSameForm } from "../form.ts";
import type { Content } from "../model.ts";
import { readDraft, writeDraft } from "./local-draft.ts";

export interface Editor {
  form: EntryForm;
  /** The version that a save goes on from; absent for a new entry. */
  base?: number;
  isDirty: boolean;
  /** When what is shown was typed, where it was brought back from this browser. */
  restoredAt?: string;
  change(form: EntryForm): void;
  /** Goes on from a version as the server has it; what was typed and not saved is let go. */
  settle(content: Content, base: number | undefined): void;
  /** What is written counts as written on this version. */
  rebase(base: number): void;
}

/** What somebody is writing: kept in this browser with every letter, and asked about when they leave. */
export function useEditor(options: { storageKey: string; content: Content; base?: number }): Editor {
  const { storageKey } = options;
  const [kept] = useState(() => readDraft(storageKey));
  const [origin, setOrigin] = useState(() => formOf(options.content));
  const [base, setBase] = useState(kept ? kept.base : options.base);
  const [form, setForm] = useState(kept?.form ?? origin);
  const [restoredAt, setRestoredAt] = useState(kept?.at);
  const isDirty = !isSameForm(form, origin);

  useEffect(() => {
    writeDraft(storageKey, isDirty ? { form, base, at: new Date().toISOString() } : undefined);
  }, [storageKey, form, base, isDirty]);
  useLeaveQuestion(isDirty);

  const settle = useCallback(
    (content: Content, version: number | undefined) => {
      const fresh = formOf(content);
      // At once, and not after the next drawing: the page may be left in this very moment.
      writeDraft(storageKey, undefined);
      setOrigin(fresh);
      setForm(fresh);
      setBase(version);
      setRestoredAt(undefined);
    },
    [storageKey],
  );
  return {
    form,
    base,
    isDirty,
    restoredAt: isDirty ? restoredAt : undefined,
    change: setForm,
    settle,
    rebase: setBase,
  };
}

function useLeaveQuestion(isDirty: boolean): void {
  const { modal } = App.useApp();
  useEffect(() => {
    if (!isDirty) return;
    return guardLeaving((leave) =>
      modal.confirm({
        title: "还有没保存的改动",
        content: "离开后，改动会留在这台电脑的浏览器里，下次打开这个条目时还在；同事看不到。",
        okText: "离开",
        cancelText: "留下继续写",
        onOk: leave,
      }),
    );
  }, [isDirty, modal]);
}
