import "./reception.css";
import { Alert, Empty } from "antd";
import { useEffect, useState } from "react";
import { sentenceOf } from "../api.ts";
import type { ReceptionApi } from "./api.ts";
import { Conversation } from "./conversation.tsx";
import { QueueList } from "./queue-list.tsx";
import type { QueueState } from "./use-queue.ts";

const TICK_MS = 10_000;

/** 人工接待. */
export function ReceptionPage({ api, queue }: { api: ReceptionApi; queue: QueueState }) {
  const [chosen, setChosen] = useState<string>();
  const [taking, setTaking] = useState<string>();
  const [error, setError] = useState<string>();
  const now = usePresent();
  const { open, ended, reload } = queue;
  const mine = open.find((line) => line.mine)?.id;
  // A page that is opened anew goes on with the conversation that was open.
  const shown = chosen ?? mine;

  async function take(id: string): Promise<void> {
    setTaking(id);
    setError(undefined);
    try {
      await api.take(id);
      setChosen(id);
    } catch (failure) {
      setError(sentenceOf(failure));
    }
    setTaking(undefined);
    reload();
  }

  return (
    <div className="reception">
      <div className="panel queue-panel">
        {(error ?? queue.error) && (
          <Alert type="warning" showIcon title={error ?? queue.error} className="gap-below" role="alert" />
        )}
        <QueueList
          open={open}
          ended={ended}
          now={now}
          chosen={shown}
          taking={taking}
          onTake={(id) => void take(id)}
          onChoose={setChosen}
        />
      </div>
      <div className="panel reception-panel">
        {shown === undefined ? (
          <Empty description="从左边接待一位市民" className="reception-empty" />
        ) : (
          <Conversation key={shown} api={api} id={shown} now={now} onChanged={reload} />
        )}
      </div>
    </div>
  );
}

function usePresent(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
