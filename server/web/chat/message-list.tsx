import { Typing } from "@chatui/core";
import { useMemo, useRef } from "react";
import { Icon } from "../shared/icons.tsx";
import { sayWhen } from "../when.ts";
import type { Deeds } from "./deeds.ts";
import { Message } from "./message.tsx";
import type { Entry } from "./transcript.ts";
import type { Chat } from "./use-chat.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";
import { words } from "./words.ts";

/** A pause so long is marked with the time. */
const PAUSE_MS = 10 * 60_000;

export function MessageList({ chat, deeds }: { chat: Chat; deeds: Deeds }) {
  const { entries, typing, connection } = chat;
  const view = useRef<HTMLElement>(null);
  const ownLast = entries[entries.length - 1]?.side === "user";
  const { behind, toEnd } = useStickToEnd(view, { count: entries.length, ownLast, typing });
  // A pressed button goes away; the keyboard's place must not go with it.
  const stay = useMemo<Deeds>(
    () => ({
      ...deeds,
      choose(choice) {
        view.current?.focus({ preventScroll: true });
        deeds.choose(choice);
      },
    }),
    [deeds],
  );
  return (
    <div className="talk">
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <main ref={view} className="talk-view" tabIndex={0} aria-label={words.log}>
        <div className="talk-list" role="log" aria-live="polite" aria-busy={connection === "connecting"}>
          {entries.map((entry, index) => (
            <div key={entry.key}>
              <Pause entry={entry} before={entries[index - 1]} />
              <Message entry={entry} deeds={stay} />
            </div>
          ))}
          {typing && (
            <div className="row row-bot" data-testid="typing">
              <div className="bubble bubble-typing">
                <span className="hidden">{words.bot}</span>
                <Typing text={words.typing} />
              </div>
            </div>
          )}
        </div>
      </main>
      {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
      {behind && (
        <button type="button" className="to-end" onClick={toEnd}>
          <Icon name="down" />
          {words.newMessages}
        </button>
      )}
    </div>
  );
}

function Pause({ entry, before }: { entry: Entry; before?: Entry }) {
  if (entry.at === undefined) return null;
  const at = new Date(entry.at).getTime();
  if (before?.at !== undefined && at - new Date(before.at).getTime() < PAUSE_MS) return null;
  return (
    <time className="pause" dateTime={entry.at}>
      {sayWhen(entry.at, new Date())}
    </time>
  );
}
