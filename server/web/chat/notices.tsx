import { useEffect, useState } from "react";
import { Icon } from "../shared/icons.tsx";
import type { Connection } from "./direct-line/receiver.ts";
import { words } from "./words.ts";

/** The state of the line, and the last thing that did not work, in sentences. Both are read out politely. */
export function Notices(props: { connection: Connection; notice?: string; onClose: () => void }) {
  const online = useOnline();
  const sentence = !online ? words.offline : props.connection === "offline" ? words.reconnecting : undefined;
  return (
    <div role="status" className="notices">
      {sentence && (
        <p className="notice" data-testid="offline">
          <Icon name="warning" />
          <span>{sentence}</span>
        </p>
      )}
      {props.notice && (
        <p className="notice" data-testid="notice">
          <Icon name="warning" />
          <span>{props.notice}</span>
          <button type="button" className="plain" aria-label={words.close} onClick={props.onClose}>
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  return online;
}
