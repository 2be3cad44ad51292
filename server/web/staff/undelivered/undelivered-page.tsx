import "./undelivered.css";
import { Alert, Button, Empty, Table, type TableColumnsType, Tag } from "antd";
import { useCallback, useEffect, useState } from "react";
import { sayWhen } from "../../when.ts";
import { type StaffApi, sentenceOf } from "../api.ts";
import { channelWord } from "../channel-words.ts";
import { useNow } from "../clock.tsx";
import type { UndeliveredLine } from "./model.ts";
import { sayWhy } from "./why.ts";

const KINDS: Record<string, string> = { notify: "工单进展", "tell-filing": "登记结果", say: "对话里的话" };
const REFRESH_MS = 30_000;

/** 未送达: what did not reach citizens, why, and whether it still will. */
export function UndeliveredPage({ api }: { api: Pick<StaffApi, "undelivered"> }) {
  const [lines, setLines] = useState<UndeliveredLine[]>();
  const [error, setError] = useState<string>();
  const now = useNow();
  const load = useCallback(() => {
    api.undelivered().then(
      (found) => {
        setLines(found);
        setError(undefined);
      },
      (failure) => setError(sentenceOf(failure)),
    );
  }, [api]);
  useEffect(() => {
    load();
    const timer = setInterval(load, REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);

  return (
    <div className="panel">
      <p className="soft undelivered-note">
        市民没有收到的消息。“下次告知”的，市民再来说话时会先听到；急的请按工单上的电话联系。
        <Button type="link" onClick={load}>
          刷新
        </Button>
      </p>
      {error && <Alert type="warning" showIcon title={error} className="gap-below" role="alert" />}
      <Table<UndeliveredLine>
        rowKey="id"
        size="middle"
        columns={columns(now)}
        dataSource={lines ?? []}
        loading={lines === undefined && error === undefined}
        scroll={{ x: 900 }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有未送达的消息" /> }}
        onRow={() => ({ "data-testid": "undelivered-row" }) as object}
        pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
      />
    </div>
  );
}

const columns = (now: Date): TableColumnsType<UndeliveredLine> => [
  { title: "时间", width: 110, render: (_, row) => sayWhen(row.at, now) },
  { title: "渠道", width: 110, render: (_, row) => channelWord(row.channel) },
  {
    title: "消息",
    render: (_, row) => (
      <>
        <Tag>{KINDS[row.kind] ?? row.kind}</Tag>
        {row.ticket && <span className="soft small">{row.ticket}</span>}
        {row.words && <div className="undelivered-words">{row.words}</div>}
      </>
    ),
  },
  {
    title: "原因",
    width: 280,
    render: (_, row) => (
      <>
        {sayWhy(row.reason)}
        <div className="soft small">
          {row.reason}（试了 {row.attempts} 次）
        </div>
      </>
    ),
  },
  {
    title: "之后",
    width: 100,
    render: (_, row) => (row.waits ? <Tag color="processing">下次告知</Tag> : <Tag>已结束</Tag>),
  },
];
