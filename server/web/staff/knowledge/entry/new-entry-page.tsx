import { Alert, Button } from "antd";
import { useState } from "react";
import { addressOf } from "../../address.ts";
import type { StaffUser } from "../../model.ts";
import { go } from "../../navigation.ts";
import type { KnowledgeApi } from "../api.ts";
import { contentOf } from "../form.ts";
import { EditForm } from "./edit-form.tsx";
import { draftKey } from "./local-draft.ts";
import { Restored } from "./restored.tsx";
import { useEditor } from "./use-editor.ts";
import { useSave } from "./use-save.ts";

const NOTHING = { text: "", similar: [] };

export function NewEntryPage({ api, user }: { api: KnowledgeApi; user: StaffUser }) {
  const [storageKey] = useState(() => draftKey(user.username, "new"));
  const editor = useEditor({ storageKey, content: NOTHING });
  const saving = useSave();
  async function save(): Promise<void> {
    const made = await saving.run(editor.form, { handsIn: false }, () => api.create(contentOf(editor.form)));
    if (!made) return;
    editor.settle(NOTHING, undefined);
    go(addressOf(["knowledge", "entries", made.id]), { replace: true, isSaved: true });
  }
  return (
    <section className="panel" aria-label="新建条目">
      <header className="entry-head">
        <h2>新建条目</h2>
        <Button
          type="primary"
          loading={saving.busy}
          disabled={!editor.isDirty}
          onClick={() => void save()}
          data-testid="save-entry"
        >
          保存草稿
        </Button>
      </header>
      {saving.error && <Alert type="error" showIcon role="alert" title={saving.error} className="gap-below" />}
      <Restored editor={editor} onDiscard={() => editor.settle(NOTHING, undefined)} />
      <EditForm form={editor.form} faults={saving.faults} onChange={editor.change} />
    </section>
  );
}
