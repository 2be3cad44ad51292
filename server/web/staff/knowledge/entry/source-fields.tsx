import { Form, Select } from "antd";
import type { EntryForm, Faults } from "../form.ts";
import { CHECKED_BY, fieldWord } from "../words.ts";
import { Field, fieldId } from "./field.tsx";

type Source = EntryForm["source"];

const methods = Object.entries(CHECKED_BY).map(([value, label]) => ({ value, label }));

/** What the answer rests on; citizens see it under the answer. */
export function SourceFields(props: { source: Source; faults: Faults; onChange: (source: Source) => void }) {
  const { source, faults, onChange } = props;
  const field = (name: keyof Source, label = fieldWord(`source.${name}`)) => ({
    name: `source.${name}`,
    label,
    value: source[name],
    fault: faults[`source.${name}`],
    onChange: (value: string) => onChange({ ...source, [name]: value }),
  });
  return (
    <fieldset className="group">
      <legend>依据</legend>
      <Field {...field("title")} most={500} placeholder="如：失业保险条例" />
      <div className="pair">
        <Field {...field("issuer")} most={200} />
        <Field {...field("number")} most={200} placeholder="如：国务院令第258号" />
      </div>
      <div className="pair">
        <Field {...field("article")} most={200} placeholder="如：第十七条" />
        <Field {...field("url")} type="url" />
      </div>
      <div className="pair">
        <Field {...field("checkedOn")} type="date" />
        <Form.Item label={fieldWord("source.checkedBy")} htmlFor={fieldId("source.checkedBy")}>
          <Select
            id={fieldId("source.checkedBy")}
            allowClear
            placeholder="请选择"
            value={source.checkedBy || undefined}
            onChange={(value?: string) => onChange({ ...source, checkedBy: value ?? "" })}
            options={methods}
          />
        </Form.Item>
      </div>
    </fieldset>
  );
}
