import { Alert, Button, Space } from "antd";
import { type EntryForm, withTheirs } from "../form.ts";
import type { Conflict, FieldChange } from "../model.ts";
import { ChangeCells } from "../review/diff-view.tsx";
import { fieldWord } from "../words.ts";

interface Props {
  conflict: Conflict;
  form: EntryForm;
  busy: boolean;
  onChange: (form: EntryForm) => void;
  onKeepMine: (base: number) => void;
  onTakeTheirs: () => void;
}

/** What somebody else changed meanwhile, beside what stands in the form: field by field, nothing is taken over unasked. */
export function ConflictPanel({ conflict, form, busy, onChange, onKeepMine, onTakeTheirs }: Props) {
  const { head, changed, error } = conflict;
  return (
    <section className="conflict gap-below" data-testid="conflict" aria-label="别人先保存了">
      <Alert type="warning" showIcon role="alert" title={error.message} />
      <table className="diff">
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">{head.author.name}改之前</th>
            <th scope="col">{head.author.name}改成</th>
            <th scope="col">您写的</th>
            <th scope="col">取舍</th>
          </tr>
        </thead>
        <tbody>
          {changed.map((change) => (
            <tr key={change.field}>
              <th scope="row">{fieldWord(change.field)}</th>
              <ChangeCells change={change} />
              <td className="words">{mineOf(form, change) || <span className="soft">（空）</span>}</td>
              <td>
                <Button size="small" onClick={() => onChange(withTheirs(form, change, head.content))}>
                  用{head.author.name}的
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Space wrap>
        <Button type="primary" loading={busy} onClick={() => onKeepMine(head.version)} data-testid="keep-mine">
          按下面表里的内容存为新版本
        </Button>
        <Button disabled={busy} onClick={onTakeTheirs} data-testid="take-theirs">
          全部用{head.author.name}的
        </Button>
        <span className="soft small">您的内容已另存为第 {conflict.yours} 版，怎样选都不会丢。</span>
      </Space>
    </section>
  );
}

function mineOf(form: EntryForm, { field }: FieldChange): string {
  const [name = "", inner] = field.split(".");
  if (name === "source" && inner) return form.source[inner as keyof EntryForm["source"]];
  const value = form[name as keyof EntryForm];
  if (Array.isArray(value)) return value.map(({ question }) => question).join("\n");
  return typeof value === "boolean" ? (value ? "是" : "") : String(value ?? "");
}
