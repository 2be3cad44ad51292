import { UnreadableFile } from "../fault.ts";
import type { ReadLimits } from "../limits.ts";
import type { TableRow } from "../table.ts";
import { unescapeText } from "./escape.ts";
import { type Look, showNumber } from "./number.ts";
import { readXml } from "./xml.ts";

interface SheetParts {
  shared: readonly string[];
  looks: readonly Look[];
  from1904: boolean;
  limits: ReadLimits;
}

export interface SheetReading {
  /** Rows with a value in them. */
  rows: TableRow[];
  /** Formulas whose result the file does not have. */
  emptyFormulas: number;
}

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string;
  hasFormula: boolean;
}

/** The column of a reference such as AB12, counted from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Reads a sheet row by row; of formulas the value that was kept, macros and empty rows not at all. Throws UnreadableFile. */
export async function readSheet(chunks: AsyncIterable<Buffer>, parts: SheetParts): Promise<SheetReading> {
  const { limits } = parts;
  const rows: TableRow[] = [];
  let emptyFormulas = 0;
  let at = 0;
  let cells: string[] = [];
  let cell: Cell | undefined;
  let next = 0;
  let inValue = false;
  let readings = 0;

  function endCell(): void {
    if (!cell) return;
    const text = textOf(cell, parts);
    if (cell.hasFormula && cell.value === "") emptyFormulas += 1;
    if (text !== "") {
      if (cell.column >= limits.columns) throw new UnreadableFile({ kind: "too-many-columns", max: limits.columns });
      while (cells.length < cell.column) cells.push("");
      cells[cell.column] = text;
    }
    cell = undefined;
  }

  function endRow(): void {
    if (cells.length > 0) rows.push({ at, cells });
    // The header is no row of its own.
    if (rows.length > limits.rows + 1) throw new UnreadableFile({ kind: "too-many-rows", max: limits.rows });
    cells = [];
  }

  await readXml(chunks, {
    open(name, attributes) {
      switch (name) {
        case "row":
          at = Number(attributes.r) || at + 1;
          next = 0;
          break;
        case "c": {
          const column = columnOf(attributes.r) ?? next;
          next = column + 1;
          cell = { column, type: attributes.t ?? "n", style: Number(attributes.s ?? 0), value: "", hasFormula: false };
          break;
        }
        case "f":
          if (cell) cell.hasFormula = true;
          break;
        case "rPh":
          readings += 1;
          break;
        case "v":
        case "t":
          inValue = readings === 0;
          break;
      }
    },
    text(part) {
      if (!cell || !inValue) return;
      cell.value += part;
      if (cell.value.length <= limits.cellLength) return;
      throw new UnreadableFile({ kind: "cell-too-long", at: `第 ${at} 行`, max: limits.cellLength });
    },
    close(name) {
      if (name === "v" || name === "t") inValue = false;
      if (name === "rPh") readings -= 1;
      if (name === "c") endCell();
      if (name === "row") endRow();
    },
  });
  return { rows, emptyFormulas };
}

function textOf({ type, style, value }: Cell, { shared, looks, from1904 }: SheetParts): string {
  switch (type) {
    case "s":
      return shared[Number(value)] ?? "";
    case "str":
    case "inlineStr":
      return unescapeText(value);
    case "b":
      return value === "1" ? "是" : "否";
    case "e":
    case "d":
      return value;
    default:
      return value === "" ? "" : showNumber(value, looks[style] ?? "plain", from1904);
  }
}
