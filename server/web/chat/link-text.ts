export type TextPart = { kind: "words"; text: string } | { kind: "link"; text: string; href: string };

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
