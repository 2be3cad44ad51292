import { Button, Empty, Table, type TableColumnsType, Tag } from "antd";
import { kindWord } from "../ticket-words.ts";
import { sayWhen } from "../when.ts";
import { Clock, useNow } from "./clock.tsx";
import type { TicketRow } from "./model.ts";
import { StateTag } from "./state-tag.tsx";
import type { Tickets } from "./use-tickets.ts";

interface Props {
  list: Tickets;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  /** The ticket that lies open beside the list. */
  open?: string;
  empty: string;
  onOpen: (number: string) => void;
}

export function TicketTable({ list, page, pageSize, open, empty, onPage, onOpen }: Props) {
  const now = useNow();
  return (
    <Table<TicketRow>
      rowKey="number"
      size="middle"
      columns={columns(now, onOpen)}
      dataSource={list.tickets}
      loading={list.loading && list.tickets.length === 0}
      scroll={{ x: 980 }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
      onRow={(ticket) => ({
        "data-testid": "ticket-row",
        className: ticket.number === open ? "ticket-row ticket-open" : "ticket-row",
        onClick: () => onOpen(ticket.number),
      })}
      pagination={{
        current: page,
        pageSize,
        total: list.total,
        showSizeChanger: false,
        showTotal: (total) => `共 ${total} 件`,
        onChange: onPage,
      }}
    />
  );
}

function columns(now: Date, onOpen: (number: string) => void): TableColumnsType<TicketRow> {
  return [
    { title: "剩余时间", width: 148, render: (_, row) => <Clock dueAt={row.dueAt} state={row.state} now={now} /> },
    {
      title: "工单",
      render: (_, row) => (
        <>
          <Button type="link" className="ticket-link" onClick={() => onOpen(row.number)}>
            {row.title}
          </Button>
          <div className="soft small">{row.number}</div>
        </>
      ),
    },
    {
      title: "诉求",
      width: 200,
      render: (_, row) => (
        <>
          <span className="tags">
            <Tag>{kindWord(row.kind)}</Tag>
            {row.voices > 1 && <Tag color="processing">{row.voices} 人反映</Tag>}
            {row.urges > 0 && <Tag color="warning">催办 {row.urges} 次</Tag>}
          </span>
          <div className="soft small">{row.categoryPath.join(" › ")}</div>
        </>
      ),
    },
    {
      title: "承办单位",
      width: 170,
      render: (_, row) => (
        <>
          {row.unit?.name ?? "—"}
          {row.second && <div className="soft small">协办 {row.second.name}</div>}
        </>
      ),
    },
    { title: "状态", width: 88, render: (_, row) => <StateTag state={row.state} /> },
    { title: "受理时间", width: 104, render: (_, row) => sayWhen(row.createdAt, now) },
  ];
}
