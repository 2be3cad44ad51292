import { formatNumber } from "./numerals.ts";

/** How a level of a list is numbered: "第%1条" with its own counter and format. */
interface Level {
  format: string;
  text: string;
  start: number;
}

/** Lists by the number that paragraphs name; several of them may share one way of counting (`shared`). */
interface List {
  shared: string;
  levels: Map<number, Level>;
}

const attribute = (xml: string, name: string): string | undefined =>
  new RegExp(`<w:${name}\\b[^>]*?\\bw:val="([^"]*)"`).exec(xml)?.[1];

const parts = (xml: string, name: string): { head: string; body: string }[] =>
  [...xml.matchAll(new RegExp(`<w:${name}\\b([^>]*)>(.*?)</w:${name}>`, "gs"))].map(([, head = "", body = ""]) => ({
    head,
    body,
  }));

const idIn = (head: string, name: string): string => new RegExp(`\\bw:${name}="([^"]*)"`).exec(head)?.[1] ?? "";

function readLevels(xml: string): Map<number, Level> {
  const levels = parts(xml, "lvl").map(({ head, body }): [number, Level] => {
    const level = {
      format: attribute(body, "numFmt") ?? "decimal",
      text: attribute(body, "lvlText") ?? "",
      start: Number(attribute(body, "start") ?? 1),
    };
    return [Number(idIn(head, "ilvl")), level];
  });
  return new Map(levels);
}

function readLists(numbering: string): Map<string, List> {
  const shared = new Map(
    parts(numbering, "abstractNum").map(({ head, body }) => [idIn(head, "abstractNumId"), readLevels(body)]),
  );
  const lists = parts(numbering, "num").map(({ head, body }): [string, List] => {
    const id = attribute(body, "abstractNumId") ?? "";
    return [idIn(head, "numId"), { shared: id, levels: new Map([...(shared.get(id) ?? []), ...readLevels(body)]) }];
  });
  return new Map(lists);
}

/** Which list and level a paragraph or style names. */
interface Place {
  list: string;
  level: number;
}

function placeIn(properties: string): Place | undefined {
  const named = /<w:numPr>(.*?)<\/w:numPr>/s.exec(properties)?.[1];
  const list = named && attribute(named, "numId");
  return list === undefined || list === "" ? undefined : { list, level: Number(attribute(named ?? "", "ilvl") ?? 0) };
}

const stylePlaces = (styles: string): Map<string, Place> =>
  new Map(
    parts(styles, "style").flatMap(({ head, body }): [string, Place][] => {
      const place = placeIn(body);
      return place ? [[idIn(head, "styleId"), place]] : [];
    }),
  );

/** Earlier states of a paragraph that tracked changes keep: they hold properties inside properties. */
const EARLIER = /<w:pPrChange\b.*?<\/w:pPrChange>/gs;

/**
 * A document with the numbers written out that Word would count by itself (第一条, 一、, 1.): they are part of what readers see, and of
 * no text in the file. Bullets are left away. `document`, `numbering` and `styles` are the XML of the parts of these names.
 */
export function writeNumbers(document: string, numbering: string, styles: string): string {
  const lists = readLists(numbering);
  const ofStyle = stylePlaces(styles);
  const counters = new Map<string, number[]>();

  function numberAt({ list, level }: Place): string {
    const found = lists.get(list);
    const own = found?.levels.get(level);
    if (!found || !own || own.format === "bullet" || own.format === "none") return "";
    const counts = counters.get(found.shared) ?? [];
    counters.set(found.shared, counts);
    counts.length = Math.min(counts.length, level + 1);
    counts[level] = (counts[level] ?? own.start - 1) + 1;
    return own.text.replace(/%(\d)/g, (_, place: string) => {
      const at = Number(place) - 1;
      const format = found.levels.get(at);
      return formatNumber(counts[at] ?? format?.start ?? 1, format?.format ?? "decimal");
    });
  }

  return document.replace(EARLIER, "").replace(/<w:pPr>(.*?)<\/w:pPr>/gs, (whole, properties: string) => {
    const place = placeIn(properties) ?? ofStyle.get(attribute(properties, "pStyle") ?? "");
    if (!place) return whole;
    const number = numberAt(place);
    const space = number === "" || /[、.．)）]$/.test(number) ? "" : " ";
    const bare = whole.replace(/<w:numPr>.*?<\/w:numPr>/s, "");
    return number === "" ? bare : `${bare}<w:r><w:t xml:space="preserve">${number}${space}</w:t></w:r>`;
  });
}
