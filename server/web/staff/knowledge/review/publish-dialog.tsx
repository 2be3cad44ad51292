import { Alert, Checkbox, Input, Modal, Radio, Space, Spin } from "antd";
import { useCallback, useState } from "react";
import { sentenceOf } from "../../api.ts";
import type { KnowledgeApi } from "../api.ts";
import { fromField, toField } from "../days.ts";
import type { Entry } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { CheckResult } from "./check-result.tsx";
import { isHarmful } from "./harm.ts";

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
  const check = useLoaded(
    useCallback((signal: AbortSignal) => api.check(id, head.version, signal), [api, id, head.version]),
  );
  const [when, setWhen] = useState<"now" | "later">("now");
  const [at, setAt] = useState(() => toField(new Date(Date.now() + HOUR_MS)));
  const [accepted, setAccepted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const isUnchecked = check.value === undefined && check.error !== undefined;
  const needsTick = isUnchecked || (check.value !== undefined && isHarmful(check.value));
  const isReady =
    (check.value !== undefined || isUnchecked) && (!needsTick || accepted) && (when === "now" || at !== "");

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
      {check.loading && (
        <p role="status">
          <Spin size="small" /> 正在用全部测试问题和近一个月市民的问题检查，条目多时要几十秒…
        </p>
      )}
      <Trouble error={check.error && `没有检查成：${check.error}`} onRetry={check.reload} />
      {check.value && <CheckResult check={check.value} own={id} />}
      {needsTick && !check.loading && (
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
