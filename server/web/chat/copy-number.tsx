import { useEffect, useState } from "react";
import { Icon } from "../shared/icons.tsx";
import { words } from "./words.ts";

const SHOWN_MS = 3_000;

/** Puts a ticket's number on the clipboard and says so. */
export function CopyNumber({ number }: { number: string }) {
  const [outcome, setOutcome] = useState<"copied" | "failed">();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const label = { copied: words.copied, failed: words.copyFailed, none: words.copy }[outcome ?? "none"];
  return (
    <button
      type="button"
      className="copy"
      data-testid="copy-number"
      aria-live="polite"
      aria-label={outcome === undefined ? words.copyNumber(number) : label}
      onClick={() => void copy(number).then((done) => setOutcome(done ? "copied" : "failed"))}
    >
      <Icon name={outcome === "copied" ? "done" : "copy"} />
      {label}
    </button>
  );
}

/** The clipboard of the browser wants https; where there is none, the old way by a selected field does it. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "hidden";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
