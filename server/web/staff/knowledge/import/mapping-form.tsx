import { Button, Input, Select } from "antd";
import { useState } from "react";
import type { ImportSettings, ImportView } from "./model.ts";

/** What a whole file often has in common. */
const COMMON = ["owner", "region", "category", "audience", "source.title", "reviewOn"];

interface Props {
  value: ImportView;
  busy: boolean;
  onRead: (settings: ImportSettings) => void;
}

/** Which column is what, and what counts for all rows that say nothing. */
export function MappingForm({ value, busy, onRead }: Props) {
  const { columns = [], fields, defaults } = value;
  const [mapping, setMapping] = useState(columns.map(({ field }) => field));
  const [common, setCommon] = useState<Record<string, string>>(defaults);
  const isOther = JSON.stringify([mapping, common]) !== JSON.stringify([columns.map(({ field }) => field), defaults]);
  const options = fields.map(({ field, name }) => ({ value: field, label: name }));
  const given = Object.fromEntries(Object.entries(common).filter(([, words]) => words.trim() !== ""));
  return (
    <details open className="group gap-below">
      <summary>
        <strong>每一列是什么</strong>
      </summary>
      <div className="mapping">
        {columns.map(({ name, samples }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
          <div key={i} className="mapping-column">
            <strong>{name || `第 ${i + 1} 列`}</strong>
            <Select
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              aria-label={`${name || `第 ${i + 1} 列`}是`}
              placeholder="不导入"
              value={mapping[i] ?? undefined}
              onChange={(field?: string) => setMapping(mapping.map((old, at) => (at === i ? (field ?? null) : old)))}
              options={options}
            />
            <span className="soft small sample">{samples.filter(Boolean).slice(0, 2).join(" / ")}</span>
          </div>
        ))}
      </div>
      <p className="small">没有填的行统一用：</p>
      <div className="mapping">
        {COMMON.map((field) => {
          const name = fields.find((each) => each.field === field)?.name ?? field;
          return (
            <div key={field} className="mapping-column">
              <label htmlFor={`common-${field}`}>{name}</label>
              <Input
                id={`common-${field}`}
                type={field === "reviewOn" ? "date" : "text"}
                maxLength={500}
                value={common[field] ?? ""}
                onChange={(event) => setCommon({ ...common, [field]: event.target.value })}
              />
            </div>
          );
        })}
      </div>
      <Button disabled={!isOther} loading={busy} onClick={() => onRead({ mapping, defaults: given })}>
        按这样重新读取
      </Button>
    </details>
  );
}
