import { CopyNumber } from "./copy-number.tsx";
import { linkText, linkTickets, type TextPart } from "./link-text.ts";

/** Where the bot names what its answer rests on. */
const SOURCE = /\n+(?=依据：)/;

/** What the bot says: line breaks as written, addresses and numbers to press, the source set apart; never HTML. */
export function Said({ text }: { text: string }) {
  const at = text.search(SOURCE);
  if (at < 0) return <Words parts={linkTickets(text)} />;
  return (
    <>
      <Words parts={linkTickets(text.slice(0, at))} />
      <div className="source">
        <Words parts={linkText(text.slice(at).trim())} />
      </div>
    </>
  );
}

/** A citizen's own words: as written, addresses to press. */
export function OwnWords({ text }: { text: string }) {
  return <Words parts={linkText(text)} />;
}

function Words({ parts }: { parts: TextPart[] }) {
  return (
    <p className="words">
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never change their order
        <Part key={index} part={part} />
      ))}
    </p>
  );
}

function Part({ part }: { part: TextPart }) {
  switch (part.kind) {
    case "words":
      return part.text;
    case "link":
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {part.text}
        </a>
      );
    case "ticket":
      return (
        <span className="number">
          <a href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
          {part.receipt && <CopyNumber number={part.text} />}
        </span>
      );
    default:
      throw part satisfies never;
  }
}
