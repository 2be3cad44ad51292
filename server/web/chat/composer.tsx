import { Button, Input } from "@chatui/core";
import type { KeyboardEvent } from "react";
import { Icon } from "../shared/icons.tsx";
import type { Deeds } from "./deeds.ts";
import type { DirectLine } from "./direct-line.ts";
import { UploadButton } from "./upload-button.tsx";
import { entrances, words } from "./words.ts";

/** In UTF-16 code units. The server takes no more in one message. */
const LIMIT = 20_000;
const COUNT_FROM = 5_000;

interface Props {
  line: DirectLine;
  draft: string;
  /** The entrances stand in the talk already. */
  offered: boolean;
  locating: boolean;
  deeds: Deeds;
  onDraft: (text: string) => void;
  onNotice: (sentence: string | undefined) => void;
}

export function Composer({ line, draft, offered, locating, deeds, onDraft, onNotice }: Props) {
  const tooLong = draft.length > LIMIT;
  const empty = draft.trim() === "";

  function send(): void {
    if (empty || tooLong) return;
    onNotice(undefined);
    line.sendText(draft.trim());
    onDraft("");
  }

  return (
    <footer className="compose">
      {!offered && <Entrances deeds={deeds} />}
      <div className="compose-row">
        <UploadButton onFile={(file) => line.sendFile(file)} onNotice={onNotice} />
        <button
          type="button"
          className="tool"
          aria-label={locating ? words.locating : words.location}
          disabled={locating}
          onClick={deeds.sendLocation}
        >
          <Icon name="pin" />
        </button>
        <Input
          className="compose-input"
          data-testid="composer"
          aria-label={words.composer}
          aria-invalid={tooLong}
          aria-describedby="compose-count"
          placeholder={words.placeholder}
          autoSize
          rows={1}
          maxRows={5}
          enterKeyHint="send"
          value={draft}
          onChange={onDraft}
          onKeyDown={(event) => {
            if (!endsMessage(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <Button className="compose-send" color="primary" data-testid="send" disabled={empty || tooLong} onClick={send}>
          {words.send}
        </Button>
      </div>
      <p id="compose-count" className={tooLong ? "compose-count compose-bad" : "compose-count"} aria-live="polite">
        {tooLong ? words.tooLong(draft.length, LIMIT) : draft.length > COUNT_FROM && words.count(draft.length, LIMIT)}
      </p>
    </footer>
  );
}

function Entrances({ deeds }: { deeds: Deeds }) {
  return (
    <nav className="entrances" aria-label={words.shortcuts}>
      {entrances.map(({ text, icon }) => (
        <button key={text} type="button" className="entrance" onClick={() => deeds.say(text)}>
          <Icon name={icon} />
          {text}
        </button>
      ))}
    </nav>
  );
}

/** Enter that chooses a word of an input method (key code 229, UI Events 7.3) belongs to the input method. */
function endsMessage(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229;
}
