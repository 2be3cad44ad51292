import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { ChatSnapshot, DirectLine } from "./direct-line.ts";
import { lastIndex, type Transcript, toTranscript } from "./transcript.ts";

/** How long the page claims that an answer is being written. */
const TYPING_LIMIT_MS = 30_000;

export interface Chat extends Transcript {
  connection: ChatSnapshot["connection"];
  /** An answer to something said since the page was opened is on its way. */
  typing: boolean;
}

/** The conversation as the page shows it; starts the line with the page and ends it with the page. */
export function useChat(line: DirectLine): Chat {
  const snapshot = useSyncExternalStore(line.subscribe, line.snapshot);
  const transcript = useMemo(() => toTranscript(snapshot), [snapshot]);
  useEffect(() => {
    line.start();
    const wake = () => {
      if (document.visibilityState === "visible") line.wake();
    };
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("online", wake);
      window.removeEventListener("pageshow", wake);
      document.removeEventListener("visibilitychange", wake);
      line.stop();
    };
  }, [line]);
  useWarningBeforeLosingFiles(snapshot);
  return { ...transcript, connection: snapshot.connection, typing: useTyping(snapshot, transcript) };
}

function useTyping({ outgoing, connection }: ChatSnapshot, { awaitsReply, entries }: Transcript): boolean {
  const spoke = useRef(false);
  if (outgoing.length > 0) spoke.current = true;
  const [expired, setExpired] = useState("");
  const since = entries[lastIndex(entries, (entry) => entry.side === "user")]?.key ?? "opening";
  const waits = awaitsReply && spoke.current && connection === "online";
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setExpired(since), TYPING_LIMIT_MS);
    return () => clearTimeout(timer);
  }, [waits, since]);
  return waits && expired !== since;
}

/** Text survives a reload; a picture that is still on its way does not, so the browser asks first. */
function useWarningBeforeLosingFiles({ outgoing }: ChatSnapshot): void {
  const atRisk = outgoing.some((item) => item.file !== undefined && item.state !== "sent");
  useEffect(() => {
    if (!atRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [atRisk]);
}
