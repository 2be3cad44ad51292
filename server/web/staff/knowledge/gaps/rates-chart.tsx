import { sayDay } from "../days.ts";
import type { Rate } from "../model.ts";
import { percent } from "../words.ts";

const WIDTH = 960;
const HEIGHT = 160;
const LEFT = 44;
const BOTTOM = 24;
const TOP = 10;
const LINES = [0, 0.5, 1];
const MOST_BAR = 28;

const y = (share: number): number => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);

/** A bar for each day or week; its height is the share that was answered, paler from `around` back. */
export function RatesChart({ periods, around }: { periods: Rate[]; around: string }) {
  if (periods.length === 0) return <p className="soft">这段时间还没有人提问。</p>;
  const room = (WIDTH - LEFT) / periods.length;
  const bar = Math.min(MOST_BAR, room * 0.7);
  const last = periods[periods.length - 1]?.from ?? "";
  const labelEvery = Math.ceil(periods.length / 10);
  return (
    <svg className="rates" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="每天或每周答上的比例">
      {LINES.map((share) => (
        <g key={share}>
          <line className="rates-line" x1={LEFT} x2={WIDTH} y1={y(share)} y2={y(share)} />
          <text x={LEFT - 8} y={y(share) + 4} textAnchor="end">
            {percent(share)}
          </text>
        </g>
      ))}
      {periods.map(({ from, asked, share }, i) => {
        const middle = LEFT + room * (i + 0.5);
        return (
          <g key={from}>
            <rect
              className={around && from < around ? "rates-bar rates-before" : "rates-bar"}
              x={middle - bar / 2}
              width={bar}
              y={y(share)}
              height={asked === 0 ? 0 : Math.max(1, y(0) - y(share))}
            >
              <title>{`${sayDay(from, last)}：问 ${asked} 次，答上 ${percent(share)}`}</title>
            </rect>
            {i % labelEvery === 0 && (
              <text x={middle} y={HEIGHT - 6} textAnchor="middle">
                {sayDay(from, last)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
