import { Button, Empty, Input } from "antd";
import { useState } from "react";
import type { Attention, FormRow } from "./model.ts";

interface Props {
  form: Attention["form"];
  /** False when it was not taken; the words stay. */
  onEdit: (change: { name: string; value: string; was: string }) => Promise<boolean>;
}

/** The half-filled form; each line is changed in its place. */
export function FormPane({ form, onEdit }: Props) {
  const [editing, setEditing] = useState<{ name: string; value: string; was: string }>();
  const [busy, setBusy] = useState(false);

  async function save(): Promise<void> {
    if (!editing) return;
    setBusy(true);
    const done = await onEdit(editing);
    setBusy(false);
    if (done) setEditing(undefined);
  }

  if (!form) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="市民还没有开始填表" />;
  return (
    <section data-testid="reception-form">
      <h2>{form.title}</h2>
      <dl className="form-rows">
        {form.rows.map((row) => (
          <div key={row.name} data-testid={`row-${row.name}`}>
            <dt className="soft small">{row.label}</dt>
            <dd>
              {editing?.name === row.name ? (
                <>
                  <Input.TextArea
                    aria-label={row.label}
                    autoFocus
                    autoSize={{ minRows: 1, maxRows: 8 }}
                    value={editing.value}
                    onChange={(event) => setEditing({ ...editing, value: event.target.value })}
                  />
                  <span className="form-deeds">
                    <Button size="small" type="primary" loading={busy} onClick={() => void save()}>
                      保存
                    </Button>
                    <Button size="small" onClick={() => setEditing(undefined)}>
                      不改了
                    </Button>
                    {editing.was !== row.value && <span className="soft small">市民刚改过：{row.value}</span>}
                  </span>
                </>
              ) : (
                <Shown
                  row={row}
                  onEdit={() => setEditing({ name: row.name, value: row.input ?? row.value, was: row.value })}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
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
