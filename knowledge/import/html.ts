import { Parser } from "htmlparser2";
import type { Block } from "./blocks.ts";

/** What a reader of the page never sees, or what is no part of its text. */
const UNSEEN = new Set(
  "script style noscript template iframe object embed svg math canvas audio video select textarea button head nav".split(
    " ",
  ),
);
const BREAKS = new Set(
  "p div section article main header footer aside blockquote pre ul ol li dl dt dd table tr figure figcaption hr form address".split(
    " ",
  ),
);
/** HTML, 13.1.2: void elements have no end. */
const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
const HIDDEN_STYLE =
  /(display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d]))/i;

function isUnseen(name: string, attributes: Record<string, string>): boolean {
  if (UNSEEN.has(name) || "hidden" in attributes || attributes["aria-hidden"] === "true") return true;
  return HIDDEN_STYLE.test(attributes.style ?? "");
}

/**
 * The text of a page as it is read: nothing in it is run, nothing is fetched, and what the page hides (by element, attribute or its own
 * style; style sheets are not applied) is left out. Any depth of nesting is read in constant memory.
 */
export function readHtml(html: string): { title?: string; blocks: Block[] } {
  const collector = createCollector();
  const open: { name: string; unseen: boolean }[] = [];
  let unseen = 0;
  let title: string | undefined;
  let inTitle = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === "title" && title === undefined) inTitle = true;
        if (name === "br") collector.text("\n");
        if (VOID.has(name)) return;
        const isHidden = isUnseen(name, attributes);
        open.push({ name, unseen: isHidden });
        if (isHidden) unseen += 1;
        else if (unseen === 0) collector.open(name, attributes);
      },
      ontext(text) {
        if (inTitle) title = (title ?? "") + text;
        else if (unseen === 0) collector.text(text.replace(/[\t\n\r\f ]+/g, " "));
      },
      onclosetag(name) {
        if (name === "title") inTitle = false;
        if (VOID.has(name)) return;
        const last = open.pop();
        if (last?.unseen) unseen -= 1;
        else if (unseen === 0) collector.close(name);
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);
  const named = title?.replace(/\s+/g, " ").trim();
  return { ...(named ? { title: named } : {}), blocks: collector.end() };
}

const isHeadingName = (name: string): boolean => /^h[1-6]$/.test(name);
const isCell = (name: string): boolean => name === "td" || name === "th";

/** Puts text together into blocks. A table inside a table's cell becomes part of that cell. */
function createCollector() {
  const blocks: Block[] = [];
  const lists: { ordered: boolean; count: number }[] = [];
  let text = "";
  let level: number | undefined;
  let tables = 0;
  let row: { cells: string[]; isHeader: boolean } | undefined;

  function flush(): void {
    const whole = tidy(text);
    text = row && whole ? `${whole}\n` : "";
    if (row || whole === "") return;
    blocks.push(level === undefined ? { kind: "paragraph", text: whole } : { kind: "heading", level, text: whole });
  }

  function closeRow(): void {
    const { cells = [], isHeader = false } = row ?? {};
    row = undefined;
    text = "";
    if (cells.some((cell) => cell !== "")) blocks.push({ kind: "row", cells, isHeader });
  }

  function openInTable(name: string): void {
    if (name === "table") tables += 1;
    if (tables !== 1) return;
    if (name === "tr") row = { cells: [], isHeader: true };
    if (isCell(name)) text = "";
    if (name === "td" && row) row.isHeader = false;
  }

  function closeInTable(name: string): void {
    if (tables === 1 && isCell(name) && row) {
      row.cells.push(tidy(text).replace(/\n+/g, " "));
      text = "";
    }
    if (tables === 1 && name === "tr") closeRow();
    if (name === "table") tables = Math.max(0, tables - 1);
  }

  function openInList(name: string, start: string | undefined): void {
    if (name === "ol" || name === "ul") lists.push({ ordered: name === "ol", count: (Number(start) || 1) - 1 });
    const list = lists.at(-1);
    if (name !== "li" || !list) return;
    list.count += 1;
    if (list.ordered) text += `${list.count}. `;
  }

  return {
    text(part: string): void {
      text += part;
    },
    open(name: string, attributes: Record<string, string>): void {
      if (BREAKS.has(name) || isHeadingName(name)) flush();
      openInTable(name);
      if (isHeadingName(name) && !row) level = Number(name.charAt(1));
      openInList(name, attributes.start);
    },
    close(name: string): void {
      closeInTable(name);
      if (name === "ol" || name === "ul") lists.pop();
      if (BREAKS.has(name) || isHeadingName(name)) flush();
      if (isHeadingName(name)) level = undefined;
    },
    end(): Block[] {
      if (row) closeRow();
      flush();
      return blocks;
    },
  };
}

const tidy = (text: string): string =>
  text
    .replace(/\u00a0/g, " ")
    .replace(/ *\n */g, "\n")
    .replace(/ {2,}/g, " ")
    .trim();
