import { z } from "zod";
import type { Entry } from "./entry.ts";

const filled = z.string().trim().min(1);
const day = z.iso.date();

const sourceNote = z.object({
  title: filled,
  issuer: filled.optional(),
  number: filled.optional(),
  article: filled.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  checkedOn: day.optional(),
  checkedBy: z.enum(["text", "memory"]).optional(),
});

/** One line of an import file. The text is kept exactly as it stands, so that a quote of it stands verbatim in the file too. */
const importLine = z
  .object({
    id: filled.max(200),
    question: filled.max(500).optional(),
    title: filled.max(500).optional(),
    text: z.string().refine((text) => text.trim() !== "", "must not be empty"),
    similar: z.array(filled.max(500)).default([]),
    source: sourceNote.optional(),
    validFrom: day.optional(),
    validTo: day.optional(),
    category: filled.optional(),
    region: filled.optional(),
    audience: filled.max(100).optional(),
    owner: filled.max(100).optional(),
    reviewOn: day.optional(),
    tests: z
      .array(z.object({ question: filled.max(500), expect: z.enum(["this", "refuse"]) }))
      .max(50)
      .optional(),
    demonstration: z.boolean().optional(),
  })
  .refine((line) => !line.validFrom || !line.validTo || line.validFrom <= line.validTo, {
    path: ["validTo"],
    message: "must not be before validFrom",
  });

/** Reads one parsed line. `status` is what the importer decided. Throws one line that says which field is wrong and why. */
export function readImportLine(line: unknown, status: Entry["status"]): Entry {
  const result = importLine.safeParse(line);
  if (result.success) return { ...result.data, status };
  const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "line"}: ${issue.message}`);
  throw new Error(faults.join("; "));
}
