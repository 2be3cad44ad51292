import { Tag } from "antd";
import { statusWord } from "../ticket-words.ts";

const colours: Record<string, string> = {
  accepted: "warning",
  dispatched: "warning",
  "in-progress": "processing",
  replied: "success",
};

/** The state in the field's word; its colour says at a glance whose turn it is. */
export function StateTag({ state }: { state: string }) {
  return <Tag color={colours[state] ?? "default"}>{statusWord(state)}</Tag>;
}
