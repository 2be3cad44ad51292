import { Alert, Spin, Tabs } from "antd";
import { useCallback, useEffect } from "react";
import { addressOf } from "../../address.ts";
import { Link } from "../../link.tsx";
import type { StaffUser } from "../../model.ts";
import { go } from "../../navigation.ts";
import type { KnowledgeApi } from "../api.ts";
import { contentOf, formOf } from "../form.ts";
import type { Content, Entry } from "../model.ts";
import { AnsweredTab } from "../review/answered-tab.tsx";
import { AuditTab } from "../review/audit-tab.tsx";
import { EntryActions } from "../review/entry-actions.tsx";
import { VersionsTab } from "../review/versions-tab.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { ConflictPanel } from "./conflict-panel.tsx";
import { EditForm } from "./edit-form.tsx";
import { EntryHead } from "./entry-head.tsx";
import { draftKey } from "./local-draft.ts";
import { Restored } from "./restored.tsx";
import { type Editor, useEditor } from "./use-editor.ts";
import { type Saving, useSave } from "./use-save.ts";

interface Props {
  api: KnowledgeApi;
  user: StaffUser;
  id: string;
  query: URLSearchParams;
}

export function EntryPage({ api, user, id, query }: Props) {
  const loaded = useLoaded(useCallback((signal: AbortSignal) => api.entry(id, signal), [api, id]));
  return (
    <>
      <p className="small">
        <Link href={addressOf(["knowledge", "entries"])}>← 全部条目</Link>
      </p>
      <Trouble error={loaded.error} onRetry={loaded.reload} />
      {loaded.value === undefined && loaded.error === undefined && <Spin className="page-wait" />}
      {loaded.value && (
        <EntryView
          api={api}
          user={user}
          entry={loaded.value}
          tab={query.get("tab") ?? "edit"}
          query={query}
          onEntry={loaded.replace}
          onReload={loaded.reload}
        />
      )}
    </>
  );
}

interface ViewProps {
  api: KnowledgeApi;
  user: StaffUser;
  entry: Entry;
  tab: string;
  query: URLSearchParams;
  onEntry: (entry: Entry) => void;
  onReload: () => void;
}

function EntryView({ api, user, entry, tab, query, onEntry, onReload }: ViewProps) {
  const { id, head } = entry;
  const storageKey = draftKey(user.username, id);
  const editor = useEditor({ storageKey, content: head.content, base: head.version });
  const saving = useSave();
  const settle = useCallback(
    (next: Entry) => {
      editor.settle(next.head.content, next.head.version);
      onEntry(next);
    },
    [editor.settle, onEntry],
  );

  // Somebody else went on, and nothing is written here: what they wrote is shown.
  const isBehind = !editor.isDirty && editor.base !== head.version;
  useEffect(() => {
    if (isBehind) editor.settle(head.content, head.version);
  }, [isBehind, editor.settle, head]);

  async function save(base = editor.base ?? head.version): Promise<void> {
    const saved = await saving.run(editor.form, { handsIn: false }, () => api.save(id, base, contentOf(editor.form)));
    if (saved) settle(saved);
    else onReload();
  }
  /** Older words, or those that were put aside, become what is being written. */
  function takeUp(content: Content): void {
    editor.change(formOf(content));
    go(addressOf(["knowledge", "entries", id]));
  }
  async function handIn(): Promise<void> {
    const base = editor.base ?? head.version;
    const done = await saving.run(editor.form, { handsIn: true }, async () => {
      const saved = editor.isDirty ? await api.save(id, base, contentOf(editor.form)) : entry;
      if (editor.isDirty) settle(saved);
      return api.step(id, saved.head.version, { deed: "submit", edit: saved.edit });
    });
    if (done) settle(done);
    else onReload();
  }

  return (
    <section className="panel" aria-label="条目">
      <EntryHead entry={entry}>
        <EntryActions
          api={api}
          entry={entry}
          isDirty={editor.isDirty}
          busy={saving.busy}
          onSave={() => void save()}
          onHandIn={() => void handIn()}
          onEntry={settle}
          onStale={onReload}
        />
      </EntryHead>
      {saving.error && <Alert type="error" showIcon role="alert" title={saving.error} className="gap-below" />}
      <Tabs
        activeKey={tab}
        onChange={(key) => go(addressOf(["knowledge", "entries", id], { tab: key }))}
        items={[
          {
            key: "edit",
            label: editor.isDirty ? "内容（未保存）" : "内容",
            children: <EditTab editor={editor} saving={saving} entry={entry} onSave={save} />,
          },
          {
            key: "versions",
            label: "版本和比较",
            children: tab === "versions" && <VersionsTab api={api} entry={entry} query={query} onUse={takeUp} />,
          },
          {
            key: "audit",
            label: "记录",
            children: tab === "audit" && <AuditTab api={api} id={id} edit={entry.edit} />,
          },
          {
            key: "answered",
            label: "答复和更正",
            children: tab === "answered" && <AnsweredTab api={api} entry={entry} />,
          },
        ]}
      />
    </section>
  );
}

interface EditTabProps {
  editor: Editor;
  saving: Saving;
  entry: Entry;
  onSave: (base: number) => Promise<void>;
}

function EditTab({ editor, saving, entry, onSave }: EditTabProps) {
  const { head } = entry;
  const { conflict } = saving;
  return (
    <>
      <Restored editor={editor} onDiscard={() => editor.settle(head.content, head.version)} />
      {conflict && (
        <ConflictPanel
          conflict={conflict}
          form={editor.form}
          busy={saving.busy}
          onChange={editor.change}
          onKeepMine={(base) => {
            editor.rebase(base);
            void onSave(base);
          }}
          onTakeTheirs={() => {
            saving.forget();
            editor.settle(conflict.head.content, conflict.head.version);
          }}
        />
      )}
      <EditForm form={editor.form} faults={saving.faults} onChange={editor.change} />
    </>
  );
}
