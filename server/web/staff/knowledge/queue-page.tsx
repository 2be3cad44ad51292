import { Empty, Table, Tabs } from "antd";
import { useCallback } from "react";
import { sayWhen } from "../../when.ts";
import { addressOf } from "../address.ts";
import { Link } from "../link.tsx";
import { go } from "../navigation.ts";
import type { KnowledgeApi } from "./api.ts";
import { type EntryItem, nameOf } from "./model.ts";
import { StateTags } from "./state-tags.tsx";
import { Trouble } from "./trouble.tsx";
import { useLoaded } from "./use-loaded.ts";

const TABS = [
  { key: "review", label: "待审核", empty: "没有等着审核的条目" },
  { key: "approved", label: "待发布", empty: "没有等着发布的条目" },
  { key: "scheduled", label: "定时发布", empty: "没有定时发布的条目" },
  { key: "draft", label: "草稿", empty: "没有还在写的草稿" },
];
const PAGE_SIZE = 20;

/** What waits for somebody. A row leads to what would change by it. */
export function QueuePage({ api, query }: { api: KnowledgeApi; query: URLSearchParams }) {
  const status = query.get("tab") ?? "review";
  const page = Number(query.get("page") ?? 1);
  const facets = useLoaded(useCallback((signal: AbortSignal) => api.facets(signal), [api]));
  const list = useLoaded(
    useCallback(
      (signal: AbortSignal) => api.entries({ status, page, pageSize: PAGE_SIZE }, signal),
      [api, status, page],
    ),
  );
  const count = (key: string) => facets.value?.states.find(({ value }) => value === key)?.count;
  const now = new Date();
  return (
    <section className="panel" aria-label="待办">
      <Tabs
        activeKey={status}
        onChange={(tab) => go(addressOf(["knowledge", "queue"], { tab }))}
        items={TABS.map(({ key, label }) => ({
          key,
          label: count(key) === undefined ? label : `${label} ${count(key)}`,
        }))}
      />
      <Trouble error={list.error} onRetry={list.reload} />
      <Table<EntryItem>
        rowKey="id"
        size="middle"
        className={list.loading ? "list-waiting" : undefined}
        dataSource={list.value?.entries ?? []}
        loading={list.loading && list.value === undefined}
        locale={{
          emptyText: (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={TABS.find(({ key }) => key === status)?.empty} />
          ),
        }}
        rowClassName="queue-row"
        columns={[
          {
            title: "条目",
            render: (_, entry) => (
              <>
                <Link href={hrefOf(entry, status)} className="entry-link">
                  {nameOf(entry)}
                </Link>
                <div className="soft small">
                  第 {entry.head} 版{entry.owner && ` · ${entry.owner}`}
                </div>
              </>
            ),
          },
          { title: "状态", width: 180, render: (_, entry) => <StateTags {...entry} /> },
          { title: "谁写的", width: 120, render: (_, entry) => entry.author.name },
          {
            title: status === "scheduled" ? "发布时间" : "保存时间",
            width: 170,
            render: (_, entry) => sayWhen((status === "scheduled" && entry.publishAt) || entry.savedAt, now),
          },
        ]}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: list.value?.total ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: (number) => go(addressOf(["knowledge", "queue"], { tab: status, page: number })),
        }}
      />
    </section>
  );
}

const hrefOf = (entry: EntryItem, status: string): string =>
  addressOf(["knowledge", "entries", entry.id], { tab: status === "draft" ? undefined : "versions" });
