import { Empty, Table, type TableColumnsType } from "antd";
import { sayWhen } from "../../../when.ts";
import { addressOf } from "../../address.ts";
import { useNow } from "../../clock.tsx";
import { Link } from "../../link.tsx";
import { go } from "../../navigation.ts";
import { dayOf, sayDay } from "../days.ts";
import { type EntryItem, type EntryPage, nameOf } from "../model.ts";
import { StateTags } from "../state-tags.tsx";

interface Props {
  found?: EntryPage;
  loading: boolean;
  page: number;
  pageSize: number;
  isNarrowed: boolean;
  onPage: (page: number) => void;
}

const hrefOf = (entry: EntryItem): string => addressOf(["knowledge", "entries", entry.id]);

/** What was found before stays while the next is fetched, a little paler. */
export function EntryTable({ found, loading, page, pageSize, isNarrowed, onPage }: Props) {
  const now = useNow();
  const empty = isNarrowed ? "没有符合条件的条目。换个词，或去掉一个条件。" : "还没有条目。";
  return (
    <Table<EntryItem>
      rowKey="id"
      size="middle"
      className={loading ? "list-waiting" : undefined}
      aria-busy={loading}
      columns={columns(now)}
      dataSource={found?.entries ?? []}
      loading={loading && found === undefined}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> }}
      onRow={(entry) => ({
        "data-testid": "entry-row",
        className: "ticket-row",
        onClick: (event) => {
          if (!(event.target instanceof Element) || event.target.closest("a") === null) go(hrefOf(entry));
        },
      })}
      pagination={{
        current: page,
        pageSize,
        total: found?.total ?? 0,
        showSizeChanger: false,
        showTotal: (total) => <span data-testid="entry-total">找到 {total} 条</span>,
        onChange: onPage,
      }}
    />
  );
}

function columns(now: Date): TableColumnsType<EntryItem> {
  const today = dayOf(now);
  return [
    {
      title: "问题",
      render: (_, entry) => (
        <>
          <Link href={hrefOf(entry)} className="entry-link">
            {nameOf(entry)}
          </Link>
          <div className="soft small">{[entry.category, entry.audience, entry.id].filter(Boolean).join(" · ")}</div>
        </>
      ),
    },
    { title: "状态", width: 150, render: (_, entry) => <StateTags {...entry} /> },
    {
      title: "责任部门",
      width: 160,
      render: (_, entry) => (
        <>
          {entry.owner ?? <span className="soft">未填</span>}
          {entry.region && <div className="soft small">{entry.region}</div>}
        </>
      ),
    },
    { title: "复核、失效", width: 165, render: (_, entry) => <Dates entry={entry} today={today} /> },
    {
      title: "最近改动",
      width: 150,
      responsive: ["xl"],
      render: (_, entry) => (
        <>
          {entry.author.name}
          <div className="soft small">{sayWhen(entry.savedAt, now)}</div>
        </>
      ),
    },
  ];
}

function Dates({ entry, today }: { entry: EntryItem; today: string }) {
  const { reviewOn, validTo } = entry;
  return (
    <div className="small">
      {reviewOn && <div className={reviewOn <= today ? "due" : undefined}>复核 {sayDay(reviewOn, today)}</div>}
      {validTo && <div className={validTo < today ? "due" : undefined}>有效至 {sayDay(validTo, today)}</div>}
      {!reviewOn && !validTo && <span className="soft">—</span>}
    </div>
  );
}
