export type TextPart =
  | { kind: "words"; text: string }
  | { kind: "link"; text: string; href: string }
  /** The number of a ticket. `receipt`: this is where the citizen is told it. */
  | { kind: "ticket"; text: string; href: string; receipt: boolean };

// Ends at white space and at Chinese punctuation, which writers put right behind an address.
const ADDRESS = /https?:\/\/[^\s<>"'“”‘’，。；：！？、（）《》【】「」]+/g;
const TRAILING = /[.,;:!?)\]}]+$/;

/** Cuts text into words and addresses. Nothing is ever read as HTML. */
export function linkText(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, "");
    const href = safeHref(address);
    if (href === undefined) continue;
    if (match.index > done) parts.push({ kind: "words", text: text.slice(done, match.index) });
    parts.push({ kind: "link", text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) parts.push({ kind: "words", text: text.slice(done) });
  return parts;
}

// The embedded desk's numbers are a day and six digits; those of other dispatch systems are known by the words before them.
const TICKET = /(受理编号[：:]?\s*)([A-Za-z0-9][\w-]{5,63})|\b20\d{12}\b/g;

/** As `linkText`, and the numbers of tickets lead to their pages: for what the bot says. */
export function linkTickets(text: string): TextPart[] {
  return linkText(text).flatMap((part) => (part.kind === "words" ? ticketParts(part.text) : part));
}

function ticketParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(TICKET)) {
    const number = match[2] ?? match[0];
    const from = match.index + (match[1]?.length ?? 0);
    if (from > done) parts.push({ kind: "words", text: text.slice(done, from) });
    parts.push({ kind: "ticket", text: number, href: `/t/${number}`, receipt: match[2] !== undefined });
    done = from + number.length;
  }
  if (done < text.length) parts.push({ kind: "words", text: text.slice(done) });
  return parts;
}

/** An address that a button or a link may open: the web, a telephone, or a page of this site; undefined for all else. */
export function safeHref(address: string): string | undefined {
  if (/^\/(?!\/)/.test(address)) return address;
  try {
    const url = new URL(address);
    return ["http:", "https:", "tel:", "mailto:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
