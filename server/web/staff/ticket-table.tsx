import { Button, Table, type TableColumnsType, Tag } from "antd";
import { kindWord, statusWord } from "../ticket-words.ts";
import { sayWhen } from "../when.ts";
import { Clock, useNow } from "./clock.tsx";
import type { TicketRow } from "./model.ts";
import type { Tickets } from "./use-tickets.ts";

interface Props {
  list: Tickets;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
  onOpen: (number: string) => void;
}

export function TicketTable({ list, page, pageSize, onPage, onOpen }: Props) {
  const now = useNow();
  return (
    <Table<TicketRow>
      rowKey="number"
      size="middle"
      columns={columns(now, onOpen)}
      dataSource={list.tickets}
      loading={list.loading && list.tickets.length === 0}
      scroll={{ x: 980 }}
      locale={{ emptyText: "这里没有工单" }}
      onRow={(ticket) => ({
        "data-testid": "ticket-row",
        className: "ticket-row",
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
    { title: "剩余时间", width: 150, render: (_, row) => <Clock dueAt={row.dueAt} state={row.state} now={now} /> },
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
      width: 240,
      render: (_, row) => (
        <>
          <Tag>{kindWord(row.kind)}</Tag>
          {row.urges > 0 && <Tag color="warning">催办 {row.urges} 次</Tag>}
          <div className="soft small">{row.categoryPath.join(" › ")}</div>
        </>
      ),
    },
    {
      title: "承办单位",
      width: 180,
      render: (_, row) => (
        <>
          {row.unit?.name ?? "—"}
          {row.second && <div className="soft small">协办 {row.second.name}</div>}
        </>
      ),
    },
    { title: "状态", width: 90, render: (_, row) => statusWord(row.state) },
    { title: "受理时间", width: 130, render: (_, row) => sayWhen(row.createdAt, now) },
  ];
}
