import { Checkbox, Form } from "antd";
import type { EntryForm, Faults } from "../form.ts";
import { waysOf } from "../form.ts";
import { fieldWord } from "../words.ts";
import { Field } from "./field.tsx";
import { SourceFields } from "./source-fields.tsx";
import { TestsField } from "./tests-field.tsx";

interface Props {
  form: EntryForm;
  faults: Faults;
  onChange: (form: EntryForm) => void;
}

type WordField =
  | "question"
  | "title"
  | "text"
  | "similar"
  | "validFrom"
  | "validTo"
  | "category"
  | "region"
  | "audience"
  | "owner"
  | "reviewOn";

/** The words on the left, what they rest on and whom they are for on the right. */
export function EditForm({ form, faults, onChange }: Props) {
  const field = (name: WordField) => ({
    name,
    label: fieldWord(name),
    value: form[name],
    fault: faults[name],
    onChange: (value: string) => onChange({ ...form, [name]: value }),
  });
  const isDocument = form.question.trim() === "" && form.title.trim() !== "";
  return (
    <Form layout="vertical" component="div" className="edit-form">
      <div>
        {isDocument ? (
          <Field {...field("title")} most={500} hint="没有问题只有标题的，是整篇文件：系统会分段，从里面找答案。" />
        ) : (
          <Field {...field("question")} most={500} placeholder="市民会怎么问，如：失业保险金能领多久？" />
        )}
        <Field
          {...field("similar")}
          rows={3}
          hint={`一行一种问法，现在 ${waysOf(form.similar).length} 种。市民越是这样问，越能答上。`}
        />
        <Field
          {...field("text")}
          rows={8}
          hint={`${form.text.length} 字。市民会看到原文里的话，请写短句，先说结论。`}
        />
        <TestsField tests={form.tests} onChange={(tests) => onChange({ ...form, tests })} />
      </div>
      <div>
        <SourceFields source={form.source} faults={faults} onChange={(source) => onChange({ ...form, source })} />
        <fieldset className="group">
          <legend>有效期和复核</legend>
          <div className="pair">
            <Field {...field("validFrom")} type="date" />
            <Field {...field("validTo")} type="date" hint="当天仍有效" />
          </div>
          <Field {...field("reviewOn")} type="date" hint="责任部门到这天再核对一遍" />
        </fieldset>
        <fieldset className="group">
          <legend>归类</legend>
          <div className="pair">
            <Field {...field("category")} most={200} />
            <Field {...field("owner")} most={100} />
          </div>
          <div className="pair">
            <Field {...field("region")} most={100} placeholder="如：全市、朝阳区" />
            <Field {...field("audience")} most={100} placeholder="如：个人、企业" />
          </div>
          <Checkbox
            checked={form.demonstration}
            onChange={(event) => onChange({ ...form, demonstration: event.target.checked })}
          >
            演示数据，还没有核实
          </Checkbox>
        </fieldset>
      </div>
    </Form>
  );
}
