import { Button, Checkbox, Segmented, Table, type TableColumnsType, Tag } from "antd";
import { useCallback, useState } from "react";
import { addressOf } from "../../address.ts";
import { nameOf } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { ImportApi } from "./api.ts";
import type { Finding, ImportView, PreviewRow, RowFilter } from "./model.ts";

const PAGE = 20;
const KINDS: Readonly<Record<Finding["kind"], [word: string, colour: string]>> = {
  contradiction: ["说法不一", "error"],
  duplicate: ["近似", "warning"],
  update: ["新版本", "processing"],
  unchanged: ["没有变化", "default"],
};

interface Props {
  api: ImportApi;
  value: ImportView;
  /** Rows that somebody does not want. */
  left: ReadonlySet<number>;
  onLeft: (left: ReadonlySet<number>) => void;
}

/** What each row would become, what is wrong with it, and what in the base or the file it is like or speaks against. */
export function PreviewTable({ api, value, left, onLeft }: Props) {
  const [only, setOnly] = useState<RowFilter>("all");
  const [offset, setOffset] = useState(0);
  const { id, counts } = value;
  const found = useLoaded(
    useCallback(
      // One more than is shown: whether there is a next page.
      (signal: AbortSignal) => api.rows(id, { only, offset, limit: PAGE + 1 }, signal),
      [api, id, only, offset],
    ),
  );
  const rows = found.value ?? [];
  const toggle = (seq: number) => {
    const next = new Set(left);
    if (!next.delete(seq)) next.add(seq);
    onLeft(next);
  };
  return (
    <>
      <div className="filters gap-below">
        <Segmented<RowFilter>
          value={only}
          onChange={(next) => {
            setOnly(next);
            setOffset(0);
          }}
          options={[
            { value: "all", label: "全部" },
            { value: "faults", label: `有错误 ${counts.faults}` },
            { value: "findings", label: `重复、近似 ${counts.duplicate + counts.update + counts.unchanged}` },
            { value: "contradictions", label: `说法不一 ${counts.contradiction}` },
          ]}
        />
      </div>
      <Trouble error={found.error} onRetry={found.reload} />
      <Table<PreviewRow>
        rowKey="seq"
        size="small"
        className={found.loading ? "list-waiting" : undefined}
        loading={found.loading && found.value === undefined}
        columns={columns(left, toggle)}
        dataSource={rows.slice(0, PAGE)}
        rowClassName="preview-row"
        locale={{ emptyText: "没有这样的行" }}
        pagination={false}
      />
      <div className="inline-field gap-below more">
        <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
          上一页
        </Button>
        <Button disabled={rows.length <= PAGE} onClick={() => setOffset(offset + PAGE)}>
          下一页
        </Button>
      </div>
    </>
  );
}

function columns(left: ReadonlySet<number>, toggle: (seq: number) => void): TableColumnsType<PreviewRow> {
  return [
    {
      title: "导入",
      width: 60,
      render: (_, { seq, place, chosen }) => (
        <Checkbox
          aria-label={`导入${place}`}
          checked={chosen && !left.has(seq)}
          disabled={!chosen}
          onChange={() => toggle(seq)}
        />
      ),
    },
    { title: "位置", width: 120, render: (_, { place }) => place },
    {
      title: "将成为",
      render: (_, { content, faults, warnings }) => (
        <>
          {content && <strong>{nameOf(content)}</strong>}
          {content && <div className="small sample">{content.text}</div>}
          {faults.map((fault) => (
            <div key={fault} className="bad small">
              {fault}
            </div>
          ))}
          {warnings.map((warning) => (
            <div key={warning} className="soft small">
              {warning}
            </div>
          ))}
        </>
      ),
    },
    { title: "和已有的比", width: "36%", render: (_, { findings }) => findings.map(findingOf) },
  ];
}

function findingOf({ kind, with: other, differs = [] }: Finding, key: number) {
  const [word, colour] = KINDS[kind];
  return (
    <div key={key} className="small finding">
      <Tag color={colour}>{word}</Tag>
      {other.in === "base" && other.id ? (
        <a href={addressOf(["knowledge", "entries", other.id])} target="_blank" rel="noreferrer">
          {other.name}
        </a>
      ) : (
        `本文件第 ${other.at ?? "?"} 行：${other.name}`
      )}
      {differs.map(({ ours, theirs }) => (
        <div key={`${ours} ${theirs}`}>
          本文件 <ins>{ours}</ins>，对方 <del>{theirs}</del>
        </div>
      ))}
    </div>
  );
}
