import { useCallback, useMemo, useRef, useState } from "react";
import { Icon } from "../shared/icons.tsx";
import { Composer } from "./composer.tsx";
import type { Deeds } from "./deeds.ts";
import type { Memory } from "./direct-line/session.ts";
import type { DirectLine } from "./direct-line.ts";
import { locate } from "./location.ts";
import { MessageList } from "./message-list.tsx";
import { Notices } from "./notices.tsx";
import type { Entry } from "./transcript.ts";
import { useChat } from "./use-chat.ts";
import { useDraft } from "./use-draft.ts";
import { useLargePrint } from "./use-large-print.ts";
import { entrances, words } from "./words.ts";

export function App({ line, memory }: { line: DirectLine; memory: Memory }) {
  const chat = useChat(line);
  const [large, toggleLarge] = useLargePrint(memory);
  const [draft, setDraft] = useDraft(memory);
  const [notice, setNotice] = useState<string>();
  const [locating, setLocating] = useState(false);
  const latest = useRef(draft);
  latest.current = draft;

  const sendLocation = useCallback(async () => {
    setLocating(true);
    setNotice(undefined);
    const located = await locate();
    setLocating(false);
    if (located.kind === "found") line.sendLocation(located.point);
    else setNotice(located.sentence);
  }, [line]);

  const deeds = useMemo<Deeds>(
    () => ({
      choose: (choice) => line.sendChoice(choice),
      say: (text) => line.sendText(text),
      sendLocation: () => void sendLocation(),
      retry: (id) => line.retry(id),
      takeBack(id) {
        const text = line.takeBack(id)?.activity.text;
        if (text) setDraft([latest.current, text].filter(Boolean).join("\n"));
      },
    }),
    [line, sendLocation, setDraft],
  );

  return (
    <div className="chat">
      <Header large={large} onToggle={toggleLarge} />
      <Notices connection={chat.connection} notice={notice} onClose={() => setNotice(undefined)} />
      <MessageList chat={chat} deeds={deeds} />
      <Composer
        line={line}
        draft={draft}
        offered={chat.entries.some(offersEntrances)}
        onDraft={setDraft}
        onNotice={setNotice}
        locating={locating}
        deeds={deeds}
      />
    </div>
  );
}

const offersEntrances = ({ active, actions }: Entry) =>
  active && entrances.every(({ text }) => actions.some((action) => action.title === text));

function Header({ large, onToggle }: { large: boolean; onToggle: () => void }) {
  return (
    <header className="chat-head">
      <h1>
        <span className="title-part">{words.hotline}</span>{" "}
        <span className="title-dot" aria-hidden="true">
          ·
        </span>{" "}
        <span className="title-part">{words.promise}</span>
      </h1>
      <button type="button" className="print-toggle" data-testid="large-print" aria-pressed={large} onClick={onToggle}>
        <Icon name="letters" />
        {large ? words.normalPrint : words.largePrint}
      </button>
    </header>
  );
}
