import { Alert, App } from "antd";
import { useState } from "react";
import { isGone, sentenceOf } from "../../api.ts";
import type { KnowledgeApi, Step } from "../api.ts";
import type { Entry } from "../model.ts";
import { ActionButtons, type VersionButton } from "./action-buttons.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

interface Props {
  api: KnowledgeApi;
  entry: Entry;
  isDirty: boolean;
  busy: boolean;
  onSave: () => void;
  onHandIn: () => void;
  /** Something was done: the entry afterwards. */
  onEntry: (entry: Entry) => void;
  /** Somebody else was quicker. */
  onStale: () => void;
}

/** What this person may do next; what others would have to do, with the reason. The server has the last word. */
export function EntryActions({ api, entry, isDirty, busy, onSave, onHandIn, onEntry, onStale }: Props) {
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<VersionButton>();
  const [doing, setDoing] = useState(false);
  const [error, setError] = useState<string>();
  const { id, edit, head, scheduled } = entry;

  function done(next: Entry, words: string): void {
    setDialog(undefined);
    setError(undefined);
    void message.success(words);
    onEntry(next);
  }
  async function step(version: number, given: Step, words: string): Promise<void> {
    setDoing(true);
    try {
      done(await api.step(id, version, given), words);
    } catch (failure) {
      setError(sentenceOf(failure));
      if (isGone(failure)) onStale();
    }
    setDoing(false);
  }
  function act(deed: VersionButton): void {
    if (deed === "approve") void step(head.version, { deed, edit }, "已审核通过");
    else if (deed === "unschedule") void step(scheduled?.version ?? head.version, { deed, edit }, "已取消定时发布");
    else setDialog(deed);
  }

  return (
    <div className="entry-actions">
      <ActionButtons
        entry={entry}
        isDirty={isDirty}
        saving={busy}
        doing={doing}
        onSave={onSave}
        onHandIn={onHandIn}
        onDeed={act}
      />
      <WhyNot entry={entry} isDirty={isDirty} />
      {error && <Alert type="error" showIcon role="alert" title={error} />}
      <Dialog kind={dialog} api={api} entry={entry} onDone={done} onClose={() => setDialog(undefined)} />
    </div>
  );
}

function WhyNot({ entry, isDirty }: { entry: Entry; isDirty: boolean }) {
  if (isDirty) return <p className="soft small">改动还没有保存；保存以后才能审核和发布。</p>;
  // Of deeds that go together one sentence is enough; corrections have their own tab.
  const other = entry.mayNot.filter(({ deed }) => ["submit", "approve", "publish", "withdraw"].includes(deed));
  return [...new Set(other.map(({ why }) => why))].map((why) => (
    <p key={why} className="soft small" data-testid="why-not">
      {why}
    </p>
  ));
}

interface DialogProps {
  kind?: VersionButton;
  api: KnowledgeApi;
  entry: Entry;
  onDone: (entry: Entry, words: string) => void;
  onClose: () => void;
}

function Dialog({ kind, api, entry, onDone, onClose }: DialogProps) {
  const { id, edit, head } = entry;
  switch (kind) {
    case "publish":
      return <PublishDialog api={api} entry={entry} onDone={onDone} onClose={onClose} />;
    case "reject":
      return (
        <ReasonDialog
          title={`退回第 ${head.version} 版`}
          hint="写清楚要改什么，编辑会在记录里看到。"
          okText="退回"
          run={(note) => api.step(id, head.version, { deed: "reject", edit, note })}
          onDone={(next) => onDone(next, "已退回，编辑可以接着改")}
          onClose={onClose}
        />
      );
    case "withdraw":
      return (
        <ReasonDialog
          title="停用这个条目"
          hint="一秒之内，所有渠道都不再据此答复；已定时的发布也会取消。"
          okText="停用"
          danger
          run={(note) => api.withdraw(id, note)}
          onDone={(next) => onDone(next, "已停用，市民不会再得到这条")}
          onClose={onClose}
        />
      );
    default:
      return null;
  }
}
