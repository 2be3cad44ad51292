import type { ChangeEvent } from "react";
import { Icon } from "../shared/icons.tsx";
import { words } from "./words.ts";

/** The server's limit; saying so before the upload spares a citizen the wait. */
const LIMIT_BYTES = 10 * 1024 * 1024;
const ACCEPT = "image/*,audio/*,video/mp4,application/pdf,text/plain,.doc,.docx,.xls,.xlsx,.ppt,.pptx";

export function UploadButton(props: {
  onFile: (file: File) => void;
  onNotice: (sentence: string | undefined) => void;
}) {
  function pick(event: ChangeEvent<HTMLInputElement>): void {
    const files = [...(event.target.files ?? [])];
    event.target.value = "";
    props.onNotice(undefined);
    for (const file of files) {
      if (file.size > LIMIT_BYTES) props.onNotice(words.tooLarge(file.name));
      else if (file.size === 0) props.onNotice(words.emptyFile(file.name));
      else props.onFile(file);
    }
  }
  return (
    <span className="tool tool-file">
      <Icon name="picture" />
      <input type="file" data-testid="upload" aria-label={words.upload} accept={ACCEPT} multiple onChange={pick} />
    </span>
  );
}
