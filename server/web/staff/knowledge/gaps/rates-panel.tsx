import { Input, Segmented } from "antd";
import { useCallback, useState } from "react";
import type { KnowledgeApi } from "../api.ts";
import { addDays, dayOf, mondayOf } from "../days.ts";
import type { Rate } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { percent } from "../words.ts";
import { RatesChart } from "./rates-chart.tsx";

const SPANS = { day: 29, week: 7 * 26 } as const;

/** How many questions are answered, over time, and before and after a day somebody is curious about. */
export function RatesPanel({ api }: { api: KnowledgeApi }) {
  const [unit, setUnit] = useState<"day" | "week">("day");
  const [around, setAround] = useState("");
  const today = dayOf(new Date());
  const from = addDays(today, -SPANS[unit]);
  const rates = useLoaded(
    useCallback(
      (signal: AbortSignal) => api.rates({ unit, from, to: today, around: around || undefined }, signal),
      [api, unit, from, today, around],
    ),
  );
  const { periods = [], before, after } = rates.value ?? {};
  return (
    <section className="panel gap-below" aria-label="答上的比例">
      <div className="panel-head">
        <h2>答上的比例</h2>
        <div className="inline-field">
          <Segmented
            value={unit}
            onChange={setUnit}
            options={[
              { value: "day", label: "近 30 天" },
              { value: "week", label: "近半年，按周" },
            ]}
          />
          <label htmlFor="rates-around">比较这一天前后</label>
          <Input
            id="rates-around"
            type="date"
            className="filter"
            min={from}
            max={today}
            value={around}
            onChange={(event) => setAround(event.target.value)}
          />
        </div>
      </div>
      <Trouble error={rates.error} onRetry={rates.reload} />
      {rates.value && (
        <>
          <RatesChart periods={filled(periods, { unit, from, to: today })} around={around} />
          <p className="small" data-testid="rates-words">
            {before && after ? `之前${say(before)}；从这天起${say(after)}。` : `这段时间${say(totalOf(periods))}。`}
          </p>
        </>
      )}
    </section>
  );
}

/** Days and weeks in which nobody asked have no row; they have a place in the picture. */
function filled(periods: Rate[], { unit, from, to }: { unit: "day" | "week"; from: string; to: string }): Rate[] {
  if (periods.length === 0) return [];
  const known = new Map(periods.map((period) => [period.from, period]));
  const all: Rate[] = [];
  for (let day = unit === "day" ? from : mondayOf(from); day <= to; day = addDays(day, unit === "day" ? 1 : 7)) {
    all.push(known.get(day) ?? { from: day, asked: 0, answered: 0, unhelpful: 0, share: 0 });
  }
  return all;
}

const say = ({ asked, share }: Rate): string =>
  asked === 0 ? "还没有人问" : `问了 ${asked} 次，答上 ${percent(share)}`;

function totalOf(periods: Rate[]): Rate {
  const sum = (of: (rate: Rate) => number) => periods.reduce((total, rate) => total + of(rate), 0);
  const asked = sum((rate) => rate.asked);
  const good = sum((rate) => rate.share * rate.asked);
  return {
    from: periods[0]?.from ?? "",
    asked,
    answered: sum((rate) => rate.answered),
    unhelpful: sum((rate) => rate.unhelpful),
    share: asked === 0 ? 0 : good / asked,
  };
}
