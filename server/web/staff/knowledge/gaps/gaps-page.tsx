import { App, Button, Empty, Spin } from "antd";
import { useCallback, useState } from "react";
import { sayWhen } from "../../../when.ts";
import { addressOf } from "../../address.ts";
import { sentenceOf } from "../../api.ts";
import { Link } from "../../link.tsx";
import { go } from "../../navigation.ts";
import type { KnowledgeApi } from "../api.ts";
import type { Gap } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { RatesPanel } from "./rates-panel.tsx";

/** What citizens ask and do not get, most asked first: from here to a draft it is one click. */
export function GapsPage({ api }: { api: KnowledgeApi }) {
  const gaps = useLoaded(useCallback((signal: AbortSignal) => api.gaps(signal), [api]));
  return (
    <>
      <RatesPanel api={api} />
      <section className="panel" aria-label="缺口">
        <h2>近一个月没答上、没帮上的问题</h2>
        <p className="soft small">同一件事的问题放在一起，问得多的在前；姓名和号码已遮盖，30 天后删除。</p>
        <Trouble error={gaps.error} onRetry={gaps.reload} />
        {gaps.value === undefined && gaps.loading && <Spin />}
        {gaps.value?.length === 0 && (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="近一个月没有答不上的问题" />
        )}
        <ol className="gaps">
          {gaps.value?.map((gap) => (
            <GapCard key={gap.id} api={api} gap={gap} />
          ))}
        </ol>
      </section>
    </>
  );
}

function GapCard({ api, gap }: { api: KnowledgeApi; gap: Gap }) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const now = new Date();
  const others = gap.examples.filter((example) => example !== gap.typical);
  async function draft(): Promise<void> {
    setBusy(true);
    try {
      go(addressOf(["knowledge", "entries", await api.draftOf(gap.id)]));
    } catch (failure) {
      void message.error(sentenceOf(failure));
      setBusy(false);
    }
  }
  return (
    <li className="gap" data-testid="gap">
      <div className="gap-size">
        <strong>{gap.size}</strong>
        <span className="soft small">次</span>
      </div>
      <div>
        <h3>{gap.typical}</h3>
        {others.length > 0 && <p className="small">还有人问：{others.map((each) => `“${each}”`).join(" ")}</p>}
        <p className="soft small">
          最早 {sayWhen(gap.firstAt, now)}，最近 {sayWhen(gap.lastAt, now)} ·{" "}
          <Link href={addressOf(["knowledge", "try"], { q: gap.typical })}>试问</Link>
        </p>
      </div>
      {gap.entryId ? (
        <Button onClick={() => go(addressOf(["knowledge", "entries", String(gap.entryId)]))}>看草稿</Button>
      ) : (
        <Button type="primary" ghost loading={busy} onClick={() => void draft()} data-testid="gap-draft">
          建草稿
        </Button>
      )}
    </li>
  );
}
