import { Tag } from "antd";
import type { EntryStatus, VersionState } from "./model.ts";
import { STATES } from "./words.ts";

const COLOURS: Partial<Record<VersionState, string>> = {
  draft: "default",
  review: "warning",
  approved: "processing",
  scheduled: "processing",
  published: "success",
  withdrawn: "error",
  expired: "error",
  aside: "warning",
};

export function StateTag({ state }: { state: VersionState }) {
  return <Tag color={COLOURS[state] ?? "default"}>{STATES[state]}</Tag>;
}

interface Props {
  status: EntryStatus;
  headState: VersionState;
  demonstration?: boolean;
}

/** How citizens have the entry, what is under way beside it, and whether it is only for show. */
export function StateTags({ status, headState, demonstration }: Props) {
  return (
    <span className="tags">
      {status !== "draft" && <StateTag state={status} />}
      {headState !== status && headState !== "superseded" && <StateTag state={headState} />}
      {status === "draft" && headState === "draft" && <StateTag state="draft" />}
      {demonstration && <Tag>演示</Tag>}
    </span>
  );
}
