import { z } from "zod";
import { changedQuestion } from "./trial-schemas.ts";

const groups = z
  .array(z.array(z.string().max(200)).max(50, "一组最多 50 个词"))
  .max(2_000, "最多 2000 组")
  .describe("每组是意思相同的词，各 2 到 20 个字，没有空格；一个词只能在一组里");

const off = z.array(z.string().max(20)).max(2_000).default([]).describe("不用的自带同义词，写每组的第一个词");

export const synonymGroups = z.object({ groups, off }).meta({ id: "KnowledgeSynonymGroups" });
export const synonymSave = z
  .object({ base: z.number().int().min(0).describe("开始编辑时最新的版本，没有则为 0"), groups, off })
  .meta({ id: "KnowledgeSynonymSave" });
export const synonymPublish = z.object({ version: z.number().int().min(1) }).meta({ id: "KnowledgeSynonymPublish" });

const list = z
  .object({
    version: z.number(),
    groups: z.array(z.array(z.string())),
    off: z.array(z.string()),
    author: z.string(),
    savedAt: z.iso.datetime(),
  })
  .meta({ id: "KnowledgeSynonymList" });
export const synonymView = z
  .object({
    version: z.number().describe("最新的版本，保存时作为 base"),
    shipped: z.array(z.array(z.string())).describe("产品自带的各组"),
    inUse: list.optional().describe("在用的"),
    proposed: list.optional().describe("等待发布的"),
  })
  .meta({ id: "KnowledgeSynonyms" });
export const synonymPreview = z
  .object({ tried: z.number().describe("最近一个月里用到改动的词的问题"), changed: z.array(changedQuestion) })
  .meta({ id: "KnowledgeSynonymPreview" });
