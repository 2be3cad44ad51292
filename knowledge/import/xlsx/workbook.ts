import { posix } from "node:path";
import { UnreadableFile } from "../fault.ts";
import type { ReadLimits } from "../limits.ts";
import type { Archive } from "../zip.ts";
import { unescapeText } from "./escape.ts";
import { type Look, lookOf } from "./number.ts";
import { readXml } from "./xml.ts";

export interface Sheet {
  name: string;
  /** Its part in the archive. */
  part: string;
}

export interface Workbook {
  /** Those that are shown, in their order. */
  sheets: Sheet[];
  from1904: boolean;
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const targets = await readTargets(archive);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await readXml(archive.stream("xl/workbook.xml"), {
    open(name, attributes) {
      if (name === "workbookPr") from1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet" || (attributes.state ?? "visible") !== "visible") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      const part = targets.get(id);
      if (part) sheets.push({ name: attributes.name ?? "", part });
    },
  });
  return { sheets, from1904 };
}

/** Which part each id of the workbook means. */
async function readTargets(archive: Archive): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  await readXml(archive.stream("xl/_rels/workbook.xml.rels"), {
    open(name, { Id, Target }) {
      if (name !== "Relationship" || !Id || !Target) return;
      targets.set(Id, Target.startsWith("/") ? Target.slice(1) : posix.join("xl", Target));
    },
  });
  return targets;
}

/** How each cell style shows numbers. */
export async function readLooks(archive: Archive): Promise<Look[]> {
  const codes = new Map<number, string>();
  const looks: Look[] = [];
  let inCells = false;
  await readXml(archive.stream("xl/styles.xml"), {
    open(name, attributes) {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        looks.push(lookOf(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return looks;
}

/** The texts that cells share. Readings of characters (rPh) are no part of them. */
export async function readSharedTexts(archive: Archive, limits: ReadLimits): Promise<string[]> {
  const texts: string[] = [];
  let text = "";
  let inText = false;
  let readings = 0;
  await readXml(archive.stream("xl/sharedStrings.xml"), {
    open(name) {
      if (name === "si") text = "";
      if (name === "rPh") readings += 1;
      if (name === "t") inText = readings === 0;
    },
    text(part) {
      if (!inText) return;
      text += part;
      if (text.length > limits.cellLength) {
        throw new UnreadableFile({ kind: "cell-too-long", at: "表格里", max: limits.cellLength });
      }
    },
    close(name) {
      if (name === "t") inText = false;
      if (name === "rPh") readings -= 1;
      if (name === "si") texts.push(unescapeText(text));
    },
  });
  return texts;
}
