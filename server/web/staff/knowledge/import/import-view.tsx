import { Alert, Button, Progress, Spin } from "antd";
import { useCallback, useEffect, useState } from "react";
import { addressOf } from "../../address.ts";
import { sentenceOf } from "../../api.ts";
import { Link } from "../../link.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { ImportApi } from "./api.ts";
import { MappingForm } from "./mapping-form.tsx";
import { type ImportView as Import, isUnderWay } from "./model.ts";
import { PreviewTable } from "./preview-table.tsx";

const REFRESH_MS = 1_000;

/** One import from upload to result; it goes on without this page. */
export function ImportView({ api, id }: { api: ImportApi; id: string }) {
  const found = useLoaded(useCallback((signal: AbortSignal) => api.read(id, signal), [api, id]));
  const { value, reload } = found;
  const underWay = value !== undefined && isUnderWay(value);
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, [underWay, reload]);
  return (
    <section className="panel" aria-label="一次导入">
      <p className="small">
        <Link href={addressOf(["knowledge", "import"])}>← 导入和导出</Link>
      </p>
      <Trouble error={found.error} onRetry={reload} />
      {value === undefined ? (
        found.loading && <Spin className="page-wait" />
      ) : (
        <>
          <h2>{value.fileName}</h2>
          <Stage api={api} value={value} onChange={found.replace} />
        </>
      )}
    </section>
  );
}

interface StageProps {
  api: ImportApi;
  value: Import;
  onChange: (value: Import) => void;
}

function Stage({ api, value, onChange }: StageProps) {
  const { state, total, done, message, result } = value;
  switch (state) {
    case "reading":
    case "importing":
      return (
        <div role="status">
          <p>{state === "reading" ? "正在读取，并与知识库比对…" : "正在导入…"} 可以离开，回来还在这里。</p>
          <Progress percent={total === 0 ? 0 : Math.floor((100 * done) / total)} format={() => `${done} / ${total}`} />
        </div>
      );
    case "ready":
      return <Ready api={api} value={value} onChange={onChange} />;
    case "done":
      return (
        <Alert
          type="success"
          showIcon
          data-testid="import-done"
          title={`已导入 ${result?.imported ?? 0} 条草稿，${result?.leftOut ?? 0} 行没有导入。`}
          description={<Link href={addressOf(["knowledge", "queue"], { tab: "draft" })}>去看草稿，检查后提交审核</Link>}
        />
      );
    case "failed":
      return (
        <Alert type="error" showIcon title={message ?? "这次导入没有成功。"} description="什么都没有写入知识库。" />
      );
    case "cancelled":
      return <Alert type="info" showIcon title="这次导入已取消，什么都没有写入知识库。" />;
    default:
      throw state satisfies never;
  }
}

function Ready({ api, value, onChange }: StageProps) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const { id, counts, notes, columns, document } = value;
  const chosen = counts.chosen - left.size;

  async function run(deed: () => Promise<Import>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      onChange(await deed());
    } catch (failure) {
      setError(sentenceOf(failure));
    }
    setBusy(false);
  }
  return (
    <>
      {document && (
        <p>
          文件《{document.title}》{[document.issuer, document.number, document.date].filter(Boolean).join("，")}
        </p>
      )}
      {notes.map((note) => (
        <Alert key={note} type="info" showIcon title={note} className="gap-below" />
      ))}
      {columns && (
        <MappingForm value={value} busy={busy} onRead={(settings) => void run(() => api.adjust(id, settings))} />
      )}
      <PreviewTable api={api} value={value} left={left} onLeft={setLeft} />
      <Trouble error={error} />
      <div className="inline-field">
        <Button
          type="primary"
          loading={busy}
          disabled={chosen <= 0}
          onClick={() => void run(() => api.start(id, [...left]))}
          data-testid="import-start"
        >
          导入 {chosen} 条草稿
        </Button>
        <Button disabled={busy} onClick={() => void run(() => api.cancel(id))}>
          不导入了
        </Button>
        <span className="soft small">全部导入成功才算数；有错误的 {counts.faults} 行不会导入。</span>
      </div>
    </>
  );
}
