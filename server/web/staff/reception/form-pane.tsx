import { Button, Empty, Input } from "antd";
import { useState } from "react";
import type { Attention, FormRow } from "./model.ts";

interface Props {
  form: Attention["form"];
  /** False when it was not taken; the words stay. */
  onEdit: (change: { name: string; value: string; was: string }) => Promise<boolean>;
}

/** The half-filled form; each line is changed in its place, several at a time if need be. */
export function FormPane({ form, onEdit }: Props) {
  if (!form) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="市民还没有开始填表" />;
  return (
    <section data-testid="reception-form">
      <h2>{form.title}</h2>
      <dl className="form-rows">
        {form.rows.map((row) => (
          <div key={row.name} data-testid={`row-${row.name}`}>
            <dt className="soft small">{row.label}</dt>
            <dd>
              <Row row={row} onEdit={onEdit} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** One line with its own words being typed, so that saving one never closes another. */
function Row({ row, onEdit }: { row: FormRow; onEdit: Props["onEdit"] }) {
  const [editing, setEditing] = useState<{ value: string; was: string }>();
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    if (!editing) return;
    setBusy(true);
    const done = await onEdit({ name: row.name, ...editing });
    setBusy(false);
    if (done) setEditing(undefined);
  }

  if (!editing) return <Shown row={row} onEdit={() => setEditing({ value: row.input ?? row.value, was: row.value })} />;
  return (
    <>
      <Input.TextArea
        aria-label={row.label}
        autoFocus
        autoSize={{ minRows: 1, maxRows: 8 }}
        disabled={busy}
        value={editing.value}
        onChange={(event) => setEditing({ ...editing, value: event.target.value })}
      />
      <span className="form-deeds">
        <Button size="small" type="primary" loading={busy} onClick={() => void save()}>
          保存
        </Button>
        <Button size="small" disabled={busy} onClick={() => setEditing(undefined)}>
          不改了
        </Button>
        {editing.was !== row.value && <span className="soft small">市民刚改过：{row.value}</span>}
      </span>
    </>
  );
}

function Shown({ row, onEdit }: { row: FormRow; onEdit: () => void }) {
  return (
    <>
      <span className="words">{row.value || "—"}</span>
      {row.editable && (
        <Button type="link" size="small" aria-label={`修改${row.label}`} onClick={onEdit}>
          修改
        </Button>
      )}
    </>
  );
}
