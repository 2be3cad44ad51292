import { Fragment } from "react";
import { linkText } from "./link-text.ts";

/** Line breaks as written, addresses to press, and never HTML. */
export function Said({ text }: { text: string }) {
  return (
    <p className="words">
      {linkText(text).map((part, index) =>
        part.kind === "link" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change their order
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change their order
          <Fragment key={index}>{part.text}</Fragment>
        ),
      )}
    </p>
  );
}
