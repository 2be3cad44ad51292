import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../knowledge/import/fault.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { readFile } from "../../../knowledge/import/read.ts";
import { docx, paragraph, textRow, wordTable, xlsx } from "./office-files.ts";

const lines = ["云梯管理办法", "第一条 一。", "第二条 二。"];
const files: [string, Uint8Array][] = [
  ["a.docx", docx(lines.map((line) => paragraph(line)).join("") + wordTable([["甲", "乙"]]))],
  ["a.xlsx", xlsx(textRow(1, ["问题", "答案"]) + textRow(2, ["一", "二"]))],
  ["a.csv", Buffer.from('问题,答案\n"一,二",三\n')],
  ["a.html", Buffer.from("<table><tr><th>甲</th></tr><tr><td>乙</td></tr></table><p>字</p>")],
  ["a.jsonl", Buffer.from('{"id":"a","text":"字","title":"题"}\n')],
];

describe("a file with some bytes changed, or its end missing", () => {
  it.each(files)("is read or refused with a sentence: %s", async (name, whole) => {
    const changes = fc.array(fc.record({ at: fc.nat({ max: whole.length - 1 }), to: fc.nat({ max: 255 }) }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat({ max: whole.length }), fc.boolean(), async (given, length, isCut) => {
        const bytes = Buffer.from(whole);
        for (const { at, to } of given) bytes[at] = to;
        try {
          const reading = await readFile(isCut ? bytes.subarray(0, length) : bytes, name, readLimits);
          expect(["table", "document", "lines"]).toContain(reading.kind);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFile);
          expect((error as Error).message).toMatch(/。$/);
        }
      }),
      { numRuns: 80 },
    );
  });
});
