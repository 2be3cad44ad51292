import { Input, Select } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Facets } from "../model.ts";
import { STATES } from "../words.ts";

const PAUSE_MS = 200;
const DUE = [
  { value: "0", label: "复核已到期" },
  { value: "30", label: "30 天内要复核" },
  { value: "90", label: "90 天内要复核" },
];

interface Props {
  query: URLSearchParams;
  facets?: Facets;
  onChange: (fields: Record<string, string | undefined>) => void;
}

export function ListFilters({ query, facets, onChange }: Props) {
  const states = (facets?.states ?? []).map(({ value, count }) => ({
    value,
    label: `${STATES[value as keyof typeof STATES] ?? value}（${count}）`,
  }));
  const chosen = (name: string) => query.get(name) ?? undefined;
  const choose = (name: string) => (value?: string) => onChange({ [name]: value });
  const shared = { allowClear: true, showSearch: { optionFilterProp: "label" } };
  const counted = (all: Facets["owners"] = []) =>
    all.map(({ value, count }) => ({ value, label: `${value}（${count}）` }));
  return (
    <search className="filters gap-below">
      <SearchField value={query.get("q") ?? ""} onSearch={(q) => onChange({ q })} />
      <Select
        {...shared}
        className="filter"
        aria-label="状态"
        placeholder="全部状态"
        value={chosen("status")}
        onChange={choose("status")}
        options={states}
      />
      <Select
        {...shared}
        className="filter"
        aria-label="责任部门"
        placeholder="全部部门"
        value={chosen("owner")}
        onChange={choose("owner")}
        options={counted(facets?.owners)}
      />
      <Select
        {...shared}
        className="filter"
        aria-label="适用地区"
        placeholder="全部地区"
        value={chosen("region")}
        onChange={choose("region")}
        options={counted(facets?.regions)}
      />
      <Select
        allowClear
        className="filter"
        aria-label="复核"
        placeholder="不限复核日期"
        value={chosen("due")}
        onChange={choose("due")}
        options={DUE}
      />
    </search>
  );
}

/** Asks a moment after the last letter; letters that are still being composed (拼音) wait until they are words. */
function SearchField({ value, onSearch }: { value: string; onSearch: (words: string) => void }) {
  const [typed, setTyped] = useState(value);
  const composing = useRef(false);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // The address changed by itself (Back, a link): the field follows.
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const later = (words: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = words.trim();
      onSearch(words.trim());
    }, PAUSE_MS);
  };
  return (
    <Input
      type="search"
      className="filter-search"
      aria-label="查找条目"
      placeholder="问题、问法、编号、文号、正文里的词"
      value={typed}
      allowClear
      onChange={(event) => {
        setTyped(event.target.value);
        if (!composing.current) later(event.target.value);
      }}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        later(event.currentTarget.value);
      }}
    />
  );
}
