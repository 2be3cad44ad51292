import { Button, Table, type TableColumnsType } from "antd";
import { useCallback, useState } from "react";
import { sayWhen } from "../../../when.ts";
import type { KnowledgeApi } from "../api.ts";
import type { AuditLine, VersionState } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { deedWord, STATES } from "../words.ts";

const PAGE = 50;

/** Who did what and when, newest first. */
export function AuditTab({ api, id, edit }: { api: KnowledgeApi; id: string; edit: number }) {
  const [older, setOlder] = useState<AuditLine[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every deed there is another line
  const newest = useLoaded(useCallback((signal: AbortSignal) => api.audit(id, undefined, signal), [api, id, edit]));
  const fresh = newest.value ?? [];
  const lines = [...fresh, ...older.filter(({ seq }) => seq < (fresh[fresh.length - 1]?.seq ?? 0))];
  const last = lines[lines.length - 1];
  const [isWhole, setWhole] = useState(false);
  async function more(): Promise<void> {
    if (!last) return;
    const found = await api.audit(id, last.seq).catch(() => undefined);
    if (!found) return newest.reload();
    setOlder([...older, ...found]);
    setWhole(found.length < PAGE);
  }
  return (
    <>
      <Trouble error={newest.error} onRetry={newest.reload} />
      <Table<AuditLine>
        rowKey="seq"
        size="small"
        columns={columns(new Date())}
        dataSource={lines}
        loading={newest.loading && lines.length === 0}
        pagination={false}
        rowClassName="audit-line"
      />
      {lines.length >= PAGE && !isWhole && (
        <Button className="more" onClick={() => void more()}>
          更早的
        </Button>
      )}
    </>
  );
}

const stateWord = (state: string | undefined): string => STATES[state as VersionState] ?? state ?? "";

function columns(now: Date): TableColumnsType<AuditLine> {
  return [
    { title: "时间", width: 170, render: (_, line) => sayWhen(line.at, now) },
    { title: "谁", width: 120, render: (_, line) => line.by.name },
    { title: "做了什么", width: 130, render: (_, line) => deedWord(line.deed) },
    { title: "版本", width: 90, render: (_, line) => line.version && `第 ${line.version} 版` },
    {
      title: "状态",
      width: 200,
      render: (_, { from, to }) => [from, to].filter(Boolean).map(stateWord).join(" → "),
    },
    { title: "说明", render: (_, { deed, note }) => (deed === "schedule" && note ? sayWhen(note, now) : note) },
  ];
}
