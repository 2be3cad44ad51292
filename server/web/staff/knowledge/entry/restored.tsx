import { Alert, Button } from "antd";
import { sayWhen } from "../../../when.ts";
import type { Editor } from "./use-editor.ts";

/** Says that what is shown was typed earlier and never saved, and lets it be thrown away. */
export function Restored({ editor, onDiscard }: { editor: Editor; onDiscard: () => void }) {
  if (editor.restoredAt === undefined) return null;
  return (
    <Alert
      type="info"
      showIcon
      className="gap-below"
      data-testid="restored"
      title={`已找回您 ${sayWhen(editor.restoredAt, new Date())} 写的、还没有保存的内容。`}
      action={
        <Button size="small" onClick={onDiscard}>
          不要了，用已保存的
        </Button>
      }
    />
  );
}
