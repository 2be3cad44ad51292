import { Button, Space } from "antd";
import type { Entry } from "../model.ts";

interface Props {
  entry: Entry;
  isDirty: boolean;
  /** Something is being saved, or done. */
  saving: boolean;
  doing: boolean;
  onSave: () => void;
  onHandIn: () => void;
  onDeed: (deed: VersionButton) => void;
}

export type VersionButton = "approve" | "publish" | "reject" | "unschedule" | "withdraw";

interface Drawn {
  deed: VersionButton;
  label: string;
  type?: "primary";
  danger?: true;
}

const DRAWN: readonly Drawn[] = [
  { deed: "approve", label: "审核通过", type: "primary" },
  { deed: "publish", label: "检查并发布…", type: "primary" },
  { deed: "reject", label: "退回…" },
  { deed: "unschedule", label: "取消定时发布" },
  { deed: "withdraw", label: "停用…", danger: true },
];

/** Only what the server says this person may do. What is withdrawn must be so at once, whatever is half written. */
export function ActionButtons({ entry, isDirty, saving, doing, onSave, onHandIn, onDeed }: Props) {
  const may = (deed: string) => entry.may.includes(deed);
  const isBusy = saving || doing;
  return (
    <Space wrap>
      {may("save") && (
        <Button
          type={isDirty ? "primary" : "default"}
          disabled={!isDirty || doing}
          loading={saving}
          onClick={onSave}
          data-testid="save-entry"
        >
          保存
        </Button>
      )}
      {(may("submit") || (isDirty && may("save"))) && (
        <Button disabled={isBusy} onClick={onHandIn} data-testid="hand-in">
          {isDirty ? "保存并提交审核" : "提交审核"}
        </Button>
      )}
      {DRAWN.filter(({ deed }) => may(deed)).map(({ deed, label, type, danger }) => (
        <Button
          key={deed}
          type={type}
          danger={danger}
          disabled={isBusy || (isDirty && deed !== "withdraw")}
          onClick={() => onDeed(deed)}
          data-testid={deed}
        >
          {label}
        </Button>
      ))}
    </Space>
  );
}
