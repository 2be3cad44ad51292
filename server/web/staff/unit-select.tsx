import { Select } from "antd";
import { useEffect, useState } from "react";
import type { StaffApi } from "./api.ts";
import type { DeskUnit } from "./model.ts";

const PAUSE_MS = 250;

/** Units by name; those with open tickets are offered before anything is typed. */
export function UnitSelect(props: { api: StaffApi; value?: string; onChange: (unitId: string | undefined) => void }) {
  const { api } = props;
  const [query, setQuery] = useState("");
  const [units, setUnits] = useState<DeskUnit[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      // A list of suggestions that cannot be fetched stays as it is; the table says what is wrong with the server.
      api.units(query, abort.signal).then(setUnits, () => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, query]);
  return (
    <Select
      className="unit-select"
      aria-label="承办单位"
      placeholder="全部承办单位"
      allowClear
      showSearch={{ filterOption: false, onSearch: setQuery }}
      value={props.value}
      onChange={(id?: string) => props.onChange(id)}
      options={units.map((unit) => ({
        value: unit.id,
        label: unit.open > 0 ? `${unit.name}（${unit.open} 件在办）` : unit.name,
      }))}
      notFoundContent="没有找到这个单位"
    />
  );
}
