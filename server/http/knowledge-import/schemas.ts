import { z } from "zod";
import { fields } from "../../../knowledge/import/fields.ts";

const field = z.enum(fields);
const mapping = z.array(field.nullable()).max(1_000).describe("每一列对应的项目，null 表示不导入这一列");
const defaults = z.partialRecord(field, z.string().max(500)).describe("没有填的行统一用的值");

export const settingsBody = z.strictObject({ mapping: mapping.optional(), defaults: defaults.default({}) });

const numbers = z.array(z.int().min(0)).max(100_000);
export const startBody = z
  .strictObject({
    rows: numbers.optional().describe("只导入这些行（预览里的 seq）"),
    except: numbers.optional().describe("除了这些行都导入"),
  })
  .describe("都不写：导入全部没有错误的行");

export const rowsQuery = z.strictObject({
  only: z.enum(["all", "faults", "findings", "contradictions"]).default("all"),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const exportQuery = z.strictObject({ format: z.enum(["xlsx", "jsonl"]) });

const states = z.enum(["reading", "ready", "importing", "done", "failed", "cancelled"]);
const facts = z.object({
  title: z.string(),
  issuer: z.string().optional(),
  number: z.string().optional().describe("文号"),
  date: z.string().optional().describe("落款日期"),
  validFrom: z.string().optional(),
  validTo: z.string().optional(),
});

const importLine = z.object({
  id: z.string(),
  fileName: z.string(),
  by: z.string(),
  state: states.describe(
    "reading 正在读取和比对；ready 可以预览；importing 正在导入；done 已导入为草稿；failed、cancelled 没有导入",
  ),
  total: z.number().describe("要处理的行数"),
  done: z.number().describe("已处理的行数"),
  message: z.string().optional().describe("失败的原因"),
  result: z.object({ imported: z.number(), leftOut: z.number() }).optional(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});

export const importList = z.object({ imports: z.array(importLine) });

export const importView = importLine.extend({
  format: z.string().optional(),
  kind: z.enum(["table", "document", "lines"]).optional().describe("表格、文档，或逐行的条目"),
  notes: z.array(z.string()),
  columns: z.array(z.object({ name: z.string(), field: field.nullable(), samples: z.array(z.string()) })).optional(),
  defaults: defaults,
  document: facts.optional(),
  counts: z.object({
    faults: z.number().describe("有错误、不能导入的行"),
    chosen: z.number().describe("将导入的行"),
    contradiction: z.number().describe("与已有条目或本文件其他行说法不一"),
    duplicate: z.number().describe("重复或近似"),
    update: z.number().describe("将成为已有条目的新版本"),
    unchanged: z.number().describe("与已有条目完全一样"),
  }),
  fields: z.array(z.object({ field, name: z.string() })).describe("列可以对应的项目"),
});

const difference = z.object({
  kind: z.enum(["amount", "share", "date", "duration", "number", "condition"]),
  ours: z.string().describe("这个文件的原话"),
  theirs: z.string().describe("对方的原话"),
});
const finding = z.object({
  kind: z.enum(["contradiction", "duplicate", "update", "unchanged"]),
  with: z.object({
    in: z.enum(["base", "file"]),
    id: z.string().optional().describe("已有条目的编号"),
    at: z.number().optional().describe("本文件的行号"),
    name: z.string(),
  }),
  differs: z.array(difference).optional(),
});

export const rowList = z.object({
  rows: z.array(
    z.object({
      seq: z.number(),
      place: z.string().describe("在文件里的位置"),
      chosen: z.boolean(),
      content: z.looseObject({ id: z.string(), text: z.string() }).optional().describe("将成为的条目"),
      faults: z.array(z.string()),
      warnings: z.array(z.string()),
      findings: z.array(finding),
    }),
  ),
});
