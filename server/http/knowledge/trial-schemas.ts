import { z } from "zod";
import { day, time, words } from "./schemas.ts";

/** The JSON of trying out, checking and gaps. */

export const tryBody = z
  .object({
    question: words(2_000).min(1, "请填写问题"),
    base: z.enum(["published", "draft"]).default("published").describe("draft：好像全部草稿都已发布"),
  })
  .meta({ id: "KnowledgeTry" });

const cited = z.object({
  entryId: z.string(),
  version: z.number().int().optional(),
  question: z.string(),
  quote: z.string().describe("条目里的原文"),
  title: z.string(),
  article: z.string().optional(),
});
export const tryView = z
  .object({
    kind: z.enum(["answered", "unsure"]),
    text: z.string().optional(),
    confidence: z.number(),
    threshold: z.number().describe("把握达到这个数才答复"),
    asksSomething: z.boolean().describe("false：不是能用知识回答的话"),
    sources: z.array(cited).describe("答复的依据；没有把握时是最接近的"),
    candidates: z.array(
      z.object({
        id: z.string(),
        version: z.number().int().optional(),
        kind: z.enum(["entry", "document"]),
        question: z.string(),
        score: z.number().describe("检索得分，只在这一次里可比"),
        features: z.record(z.string(), z.number()).describe("比较的各个方面，0 到 1"),
        scope: z
          .object({
            region: z.string().optional(),
            audience: z.string().optional(),
            effect: z
              .enum(["excluded", "preferred", "held-back", "asked"])
              .optional()
              .describe("不适用，不作答复；先于同一件事的其他条目；让给了另一条；要问市民属于哪一条"),
            because: z.enum(["region", "audience"]).optional().describe("由适用地区还是适用对象决定"),
          })
          .optional()
          .describe("只适用于某地、某些人的条目，或同一件事有这样的条目"),
      }),
    ),
    region: z.string().optional().describe("问的是哪个区、街道"),
    misspelt: z
      .array(z.object({ typed: z.string(), meant: z.string() }))
      .optional()
      .describe("按同音字理解的词"),
  })
  .meta({ id: "KnowledgeTried" });

const outcome = z.string().optional().describe("答复所据的条目；没有把握时不填");
export const changedQuestion = z.object({
  question: z.string().describe("姓名和号码已遮盖"),
  change: z.enum(["lost", "other", "gained"]).describe("原来能答、现在不能；换了条目；原来不能、现在能"),
  before: outcome,
  after: outcome,
});

export const checkView = z
  .object({
    tests: z.object({
      asked: z.number().int(),
      tried: z.number().int().describe("这一版可能影响到的"),
      failed: z.array(
        z.object({
          of: z.string(),
          question: z.string(),
          expect: z.enum(["this", "refuse"]),
          got: outcome,
          broken: z.boolean().describe("没有这一版时是对的"),
        }),
      ),
    }),
    questions: z.object({
      asked: z.number().int().describe("近一个月市民问过的，相同的算一个"),
      tried: z.number().int(),
      changed: z.array(changedQuestion),
    }),
  })
  .meta({ id: "KnowledgeCheck" });

export const checkJobView = z
  .object({
    state: z.enum(["running", "done", "cancelled", "failed"]),
    done: z.number().int().describe("看过的问题数"),
    total: z.number().int().describe("要看的问题数；刚开始时是 0"),
    result: checkView.optional().describe("done 时才有"),
  })
  .meta({ id: "KnowledgeCheckJob" });

export const gapQuery = z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) });
export const gapList = z
  .object({
    gaps: z.array(
      z.object({
        id: z.string(),
        size: z.number().int(),
        typical: z.string(),
        examples: z.array(z.string()),
        firstAt: time,
        lastAt: time,
        entryId: z.string().optional().describe("已经建的草稿"),
      }),
    ),
  })
  .meta({ id: "KnowledgeGaps" });
export const gapDraft = z.object({ entryId: z.string() }).meta({ id: "KnowledgeGapDraft" });

export const rateQuery = z.object({
  unit: z.enum(["day", "week"]).default("day"),
  from: day,
  to: day,
  around: day.optional().describe("比较这一天以前和从这一天起"),
});
const rate = z.object({
  from: z.string(),
  asked: z.number().int(),
  answered: z.number().int(),
  unhelpful: z.number().int(),
  share: z.number().describe("答了、且没有说没帮助的占比"),
});
export const rateView = z
  .object({ periods: z.array(rate), before: rate.optional(), after: rate.optional() })
  .meta({ id: "KnowledgeRates" });
