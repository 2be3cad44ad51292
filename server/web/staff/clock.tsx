import { Tag, Tooltip } from "antd";
import { useEffect, useState } from "react";
import { sayWhen } from "../when.ts";
import { isOver } from "./model.ts";
import { sayRemaining } from "./remaining.ts";

const TICK_MS = 30_000;

/** The present, anew every half minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The time a unit has left; settled tickets have none. */
export function Clock({ dueAt, state, now }: { dueAt: string; state: string; now: Date }) {
  if (isOver(state)) return <span className="soft">—</span>;
  const { words, urgency } = sayRemaining(dueAt, now);
  const color = { overdue: "error", soon: "warning", calm: "default" }[urgency];
  return (
    <Tooltip title={`期限 ${sayWhen(dueAt, now)}`}>
      <Tag color={color} className="clock" data-urgency={urgency}>
        {words}
      </Tag>
    </Tooltip>
  );
}
