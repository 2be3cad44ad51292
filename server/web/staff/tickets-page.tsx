import { Alert, Button, Input, Tabs } from "antd";
import { useState } from "react";
import type { StaffApi } from "./api.ts";
import type { StaffUser } from "./model.ts";
import { TicketDrawer } from "./ticket-drawer.tsx";
import { TicketTable } from "./ticket-table.tsx";
import { UnitSelect } from "./unit-select.tsx";
import { useTickets } from "./use-tickets.ts";

const PAGE_SIZE = 20;

/** The key is what the API calls the state. */
const tabs = [
  { key: "dispatched", label: "待接单", empty: "没有待接单的工单" },
  { key: "in-progress", label: "办理中", empty: "没有办理中的工单" },
  { key: "replied", label: "已答复", empty: "没有已答复、等待办结的工单" },
  { key: "closed", label: "已办结", empty: "还没有办结的工单" },
  { key: "all", label: "全部", empty: "还没有工单" },
];

export function TicketsPage({ api, user }: { api: StaffApi; user: StaffUser }) {
  const [unit, setUnit] = useState(user.unitId);
  const [state, setState] = useState("dispatched");
  const [query, setQuery] = useState("");
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<string>();
  const list = useTickets(api, { unit, state, query, page, pageSize: PAGE_SIZE });
  const narrow = (change: () => void) => {
    change();
    setPage(1);
  };

  return (
    <section className="panel">
      <div className="filters">
        {user.unitId === undefined && (
          <UnitSelect api={api} value={unit} onChange={(id) => narrow(() => setUnit(id))} />
        )}
        <Input.Search
          className="filter-query"
          placeholder="工单编号或诉求类别"
          aria-label="查找工单"
          allowClear
          onSearch={(words) => narrow(() => setQuery(words.trim()))}
        />
        <Button onClick={list.reload}>刷新</Button>
      </div>
      <Tabs
        activeKey={state}
        onChange={(key) => narrow(() => setState(key))}
        items={tabs.map(({ key, label }) => ({ key, label }))}
      />
      {list.error && <Alert type="warning" showIcon title={list.error} className="gap-below" />}
      <TicketTable
        list={list}
        page={page}
        pageSize={PAGE_SIZE}
        open={open}
        empty={query || unit ? "没有符合条件的工单" : (tabs.find((tab) => tab.key === state)?.empty ?? "")}
        onPage={setPage}
        onOpen={setOpen}
      />
      <TicketDrawer api={api} number={open} onClose={() => setOpen(undefined)} onChanged={list.reload} />
    </section>
  );
}
