import { Button, Table, type TableColumnsType, Tag } from "antd";
import { type ChangeEvent, useCallback, useState } from "react";
import { sayWhen } from "../../../when.ts";
import { addressOf } from "../../address.ts";
import { sentenceOf } from "../../api.ts";
import { Link } from "../../link.tsx";
import { go } from "../../navigation.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { exportAddress, type ImportApi } from "./api.ts";
import { ImportView } from "./import-view.tsx";
import type { ImportLine, ImportState } from "./model.ts";

const STATES: Readonly<Record<ImportState, [word: string, colour: string]>> = {
  reading: ["正在读取", "processing"],
  ready: ["等您核对", "warning"],
  importing: ["正在导入", "processing"],
  done: ["已导入", "success"],
  failed: ["没有成功", "error"],
  cancelled: ["已取消", "default"],
};

/** Files into the base and out of it. One import is at an address of its own: it can be left and found again. */
export function ImportPage({ api, query }: { api: ImportApi; query: URLSearchParams }) {
  const id = query.get("id");
  return id === null ? <ImportList api={api} /> : <ImportView key={id} api={api} id={id} />;
}

function ImportList({ api }: { api: ImportApi }) {
  const list = useLoaded(useCallback((signal: AbortSignal) => api.list(signal), [api]));
  return (
    <div className="two">
      <section className="panel" aria-label="导入">
        <h2>导入</h2>
        <Upload api={api} />
        <Trouble error={list.error} onRetry={list.reload} />
        <Table<ImportLine>
          rowKey="id"
          size="small"
          columns={columns(new Date())}
          dataSource={list.value ?? []}
          loading={list.loading && list.value === undefined}
          locale={{ emptyText: "还没有导入过文件" }}
          pagination={false}
        />
      </section>
      <section className="panel" aria-label="导出">
        <h2>导出</h2>
        <p>全部条目，草稿也在内。改好的表格可以再导入，编号相同的成为那一条的新版本。</p>
        <p className="inline-field">
          <Button href={exportAddress("xlsx")} download>
            导出表格（xlsx）
          </Button>
          <Button href={exportAddress("jsonl")} download>
            导出逐行数据（jsonl）
          </Button>
        </p>
      </section>
    </div>
  );
}

function Upload({ api }: { api: ImportApi }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function take(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const input = event.target;
    const file = input.files?.[0];
    if (!file) return;
    setBusy(true);
    setError(undefined);
    try {
      go(addressOf(["knowledge", "import"], { id: (await api.upload(file)).id }));
    } catch (failure) {
      setError(sentenceOf(failure));
      setBusy(false);
      // The same file can be chosen again.
      input.value = "";
    }
  }
  return (
    <div className="gap-below">
      <Trouble error={error} />
      <label className="upload" data-busy={busy}>
        <strong>{busy ? "正在上传…" : "选择文件"}</strong>
        <span className="soft small">
          docx、pdf、xlsx、csv、md、html、txt、jsonl，最大 50 MB。先读取和比对，您核对以后才写入，写入的都是草稿。
        </span>
        <input type="file" disabled={busy} onChange={(event) => void take(event)} data-testid="import-file" />
      </label>
    </div>
  );
}

function columns(now: Date): TableColumnsType<ImportLine> {
  return [
    {
      title: "文件",
      render: (_, line) => (
        <>
          <Link href={addressOf(["knowledge", "import"], { id: line.id })}>{line.fileName}</Link>
          <div className="soft small">{sayWhen(line.createdAt, now)}</div>
        </>
      ),
    },
    {
      title: "进展",
      width: 150,
      render: (_, { state, result }) => (
        <>
          <Tag color={STATES[state][1]}>{STATES[state][0]}</Tag>
          {result && <span className="soft small">{result.imported} 条</span>}
        </>
      ),
    },
  ];
}
