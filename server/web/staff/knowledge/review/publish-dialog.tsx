import { Alert, Button, Checkbox, Input, Modal, Progress, Radio, Space } from "antd";
import { useState } from "react";
import { sentenceOf } from "../../api.ts";
import type { KnowledgeApi } from "../api.ts";
import { fromField, toField } from "../days.ts";
import type { Entry } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { CheckResult } from "./check-result.tsx";
import { isHarmful } from "./harm.ts";
import { type Checking, useCheck } from "./use-check.ts";

interface Props {
  api: KnowledgeApi;
  entry: Entry;
  onDone: (entry: Entry, words: string) => void;
  onClose: () => void;
}

const HOUR_MS = 3_600_000;

/** First what would change, then the decision: at once or at a time; against a warning only with a tick. */
export function PublishDialog({ api, entry, onDone, onClose }: Props) {
  const { id, edit, head } = entry;
  const check = useCheck(api, id, head.version);
  const found = check.job?.result;
  const [when, setWhen] = useState<"now" | "later">("now");
  const [at, setAt] = useState(() => toField(new Date(Date.now() + HOUR_MS)));
  const [accepted, setAccepted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const isUnchecked = found === undefined && !check.isUnderWay;
  const needsTick = isUnchecked || (found !== undefined && isHarmful(found));
  const isReady = (found !== undefined || isUnchecked) && (!needsTick || accepted) && (when === "now" || at !== "");

  async function publish(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const publishAt = when === "later" ? fromField(at) : undefined;
      const next = await api.step(id, head.version, { deed: "publish", edit, publishAt });
      onDone(next, publishAt ? "已定时，到时自动发布" : "已发布，市民现在就能得到");
    } catch (failure) {
      setError(sentenceOf(failure));
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      width={760}
      title={`发布第 ${head.version} 版`}
      okText={when === "now" ? "现在发布" : "定时发布"}
      cancelText="先不发布"
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={busy}
      onOk={() => void publish()}
      onCancel={onClose}
    >
      {error && <Alert type="error" showIcon role="alert" title={error} className="gap-below" />}
      <CheckProgress check={check} />
      {found && <CheckResult check={found} own={id} />}
      {needsTick && (
        <Checkbox
          className="gap-below"
          checked={accepted}
          onChange={(event) => setAccepted(event.target.checked)}
          data-testid="publish-anyway"
        >
          {isUnchecked ? "没有检查，我仍然要发布" : "我看过上面的问题，仍然要发布"}
        </Checkbox>
      )}
      <Radio.Group value={when} onChange={(event) => setWhen(event.target.value)} aria-label="什么时候发布">
        <Space orientation="vertical">
          <Radio value="now">现在</Radio>
          <Radio value="later">
            定时（北京时间）{" "}
            <Input
              type="datetime-local"
              className="filter-wide"
              aria-label="发布时间"
              value={at}
              onFocus={() => setWhen("later")}
              onChange={(event) => setAt(event.target.value)}
            />
          </Radio>
        </Space>
      </Radio.Group>
    </Modal>
  );
}

/** How far the check is, or why there is none. */
function CheckProgress({ check }: { check: Checking }) {
  const { job, error, isUnderWay, again, cancel } = check;
  if (isUnderWay) {
    const { done = 0, total = 0 } = job ?? {};
    return (
      <div role="status" className="gap-below">
        <p>正在用全部测试问题和近一个月市民的问题检查。可以离开，回来还在这里。</p>
        <Progress percent={total === 0 ? 0 : Math.floor((100 * done) / total)} format={() => `${done} / ${total}`} />
        <Button size="small" onClick={cancel} data-testid="check-cancel">
          停止检查
        </Button>
      </div>
    );
  }
  const isCancelled = job?.state === "cancelled";
  const why =
    error ?? (job?.state === "failed" ? "检查时出了错" : undefined) ?? (isCancelled ? "检查已停止" : undefined);
  return <Trouble error={why && (isCancelled && !error ? why : `没有检查成：${why}`)} onRetry={again} />;
}
