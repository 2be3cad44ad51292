import { z } from "zod";
import { versionStates } from "../../../knowledge/life/states.ts";

/** The JSON of `/api/knowledge`; both the checks of the routes and the OpenAPI document are made of these. */

export const time = z.iso.datetime();
export const day = z.iso.date("日期要写成 2026-12-31 这样");
export const words = (most: number) => z.string().trim().max(most, `最多 ${most} 字`);
const optional = (most: number) =>
  words(most)
    .transform((text) => text || undefined)
    .optional();

const source = z.object({
  title: words(500),
  issuer: optional(200),
  number: optional(200),
  article: optional(200),
  url: z.url({ protocol: /^https?$/, error: "网址要以 http:// 或 https:// 开头" }).optional(),
  checkedOn: day.optional(),
  checkedBy: z.enum(["text", "memory"]).optional(),
});

const test = z.object({
  question: words(500),
  expect: z.enum(["this", "refuse"]).describe("this：应由本条答复；refuse：不应答复"),
});

const fields = {
  question: optional(500),
  title: optional(500),
  text: z.string().max(200_000, "正文最多 20 万字").default(""),
  similar: z.array(words(500).min(1, "问法不能为空")).max(200, "最多 200 种问法").default([]),
  source: source.optional(),
  validFrom: day.optional(),
  validTo: day.optional().describe("最后一天，当天仍有效"),
  category: optional(200),
  region: optional(100),
  audience: optional(100).describe("适用对象，如 个人、企业"),
  owner: optional(100).describe("责任部门"),
  reviewOn: day.optional().describe("复核日期"),
  tests: z.array(test).max(50, "最多 50 个测试问题").optional(),
  demonstration: z.boolean().optional(),
};

/** A draft may lack anything; what it lacks is said when it is handed in. */
const contentBody = z.object(fields).meta({ id: "KnowledgeContent" });
export const createBody = z
  .object({ ...fields, id: words(200).min(1).optional().describe("不填则自动编号") })
  .meta({ id: "KnowledgeNewEntry" });
export const saveBody = z
  .object({ base: z.number().int().min(1).describe("开始编辑时的版本"), content: contentBody })
  .meta({ id: "KnowledgeSave" });

const note = words(1_000).optional();
export const stepBody = z
  .object({
    note: note.describe("理由，退回时必填"),
    edit: z.number().int().optional().describe("看到的 edit；条目此后有变化就不做，返回 409"),
  })
  .meta({ id: "KnowledgeStep" });
export const publishBody = z
  .object({
    edit: z.number().int({ error: "缺少 edit，请刷新后再发布" }),
    publishAt: z.iso.datetime({ offset: true, error: "发布时间要带时区" }).optional().describe("不填即刻发布"),
    note,
  })
  .meta({ id: "KnowledgePublish" });
export const withdrawBody = z
  .object({ note: words(1_000).min(1, "请填写停用的理由") })
  .meta({ id: "KnowledgeWithdraw" });

const page = z.coerce.number().int().min(1).max(100_000).default(1);
const status = z.enum(versionStates).exclude(["superseded", "aside"]);
export const listQuery = z.object({
  q: z.string().trim().max(200).optional().describe("几个词用空格隔开，都要出现"),
  status: status.optional(),
  owner: z.string().trim().max(100).optional(),
  region: z.string().trim().max(100).optional(),
  audience: z.string().trim().max(100).optional(),
  reviewBy: day.optional().describe("已发布、且复核日期不晚于这一天的"),
  page,
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});
export const diffQuery = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });
export const auditQuery = z.object({
  by: z.string().trim().max(64).optional(),
  before: z.coerce.number().int().min(1).optional().describe("上一页最后一行的 seq"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const publicStatus = z.enum(["draft", "published", "withdrawn", "expired"]).describe("对市民的状态；draft：从未发布");
const state = z.enum(versionStates);
const person = z.object({ username: z.string(), name: z.string() }).meta({ id: "KnowledgePerson" });

const entryItem = z
  .object({
    id: z.string(),
    edit: z.number().int(),
    question: z.string().optional(),
    title: z.string().optional(),
    category: z.string().optional(),
    region: z.string().optional(),
    audience: z.string().optional(),
    owner: z.string().optional(),
    reviewOn: z.string().optional(),
    validTo: z.string().optional(),
    status: publicStatus,
    version: z.number().int().describe("市民得到的版本；从未发布时是最新的"),
    head: z.number().int().describe("编辑的版本"),
    headState: state,
    author: person,
    savedAt: time,
    publishAt: time.optional(),
    demonstration: z.boolean().optional(),
  })
  .meta({ id: "KnowledgeEntryItem" });
export const entryList = z
  .object({ entries: z.array(entryItem), total: z.number().int() })
  .meta({ id: "KnowledgeEntryList" });

const facet = z.array(z.object({ value: z.string(), count: z.number().int() }));
export const facetsView = z
  .object({ total: z.number().int(), states: facet, owners: facet, regions: facet })
  .meta({ id: "KnowledgeFacets" });
export const calendarQuery = z.object({ from: day, to: day });
export const calendarView = z
  .object({
    events: z.array(
      z.object({
        kind: z.enum(["expiry", "review", "publish"]).describe("最后一天；复核；定时发布"),
        day,
        at: time.optional(),
        id: z.string(),
        question: z.string().optional(),
        title: z.string().optional(),
        owner: z.string().optional(),
        version: z.number().int(),
      }),
    ),
    total: z.number().int().describe("最多给出 1000 件"),
  })
  .meta({ id: "KnowledgeCalendar" });

const savedContent = z.object({ ...fields, id: z.string() });
const versionLine = z.object({
  version: z.number().int(),
  state,
  base: z.number().int().optional(),
  author: person,
  writers: z.array(person).describe("写过这一版的人，不能审核和发布它"),
  savedAt: time,
  publishAt: time.optional(),
  publishedAt: time.optional(),
});
export const versionView = versionLine.extend({ content: savedContent }).meta({ id: "KnowledgeVersion" });
export const versionList = z.object({ versions: z.array(versionLine) }).meta({ id: "KnowledgeVersionList" });
export const entryView = z
  .object({
    id: z.string(),
    edit: z.number().int(),
    status: publicStatus,
    shown: versionView.optional().describe("市民得到的版本"),
    head: versionView.describe("编辑的版本"),
    scheduled: versionView.optional(),
    may: z.array(z.string()).describe("登录的人对 head 能做的事，和 save、withdraw、correct"),
    mayNot: z
      .array(z.object({ deed: z.string(), why: z.string() }))
      .describe("现在可以做、但要由别人来做的事，和谁能做"),
    helpful: z.number().int(),
    unhelpful: z.number().int(),
  })
  .meta({ id: "KnowledgeEntry" });

const pieces = z.array(z.object({ kind: z.enum(["same", "removed", "added"]), text: z.string() }));
const change = z.discriminatedUnion("kind", [
  z.object({
    field: z.string(),
    kind: z.literal("text"),
    before: z.string().optional(),
    after: z.string().optional(),
    pieces,
  }),
  z.object({ field: z.string(), kind: z.literal("list"), removed: z.array(z.string()), added: z.array(z.string()) }),
]);
export const diffView = z
  .object({ from: z.number().int(), to: z.number().int(), changes: z.array(change) })
  .meta({ id: "KnowledgeDiff" });
export const conflictView = z
  .object({
    error: z.object({ code: z.literal("conflict"), message: z.string() }),
    head: versionView.describe("别人保存的版本"),
    yours: z.number().int().describe("您的内容另存为这一版"),
    changed: z.array(change).describe("别人改了什么"),
  })
  .meta({ id: "KnowledgeConflict" });

export const auditView = z
  .object({
    lines: z.array(
      z.object({
        seq: z.number().int(),
        at: time,
        by: person,
        deed: z.string(),
        entryId: z.string(),
        version: z.number().int().optional(),
        from: z.string().optional(),
        to: z.string().optional(),
        note: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "KnowledgeAudit" });

export const answeredQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
export const answeredView = z
  .object({
    counts: z.array(
      z.object({
        version: z.number().int(),
        channel: z.string(),
        answers: z.number().int(),
        conversations: z.number().int(),
      }),
    ),
  })
  .meta({ id: "KnowledgeAnswered" });
export const correctionBody = z
  .object({
    key: z.string().min(8, "缺少编号").max(100).describe("客户端自选的编号，重发时不变，重复的只算一次"),
    text: words(2_000).min(1, "请填写更正的内容"),
    versions: z
      .object({ oldest: z.number().int().min(1), newest: z.number().int().min(1) })
      .optional()
      .describe("有错的版本，从哪一版到哪一版；不填就是现行版以前的全部"),
  })
  .meta({ id: "KnowledgeCorrection" });
export const previewBody = correctionBody.omit({ key: true }).meta({ id: "KnowledgeCorrectionDraft" });
export const previewView = z
  .object({ conversations: z.number().int().describe("要告诉的对话数"), text: z.string().describe("市民会收到的话") })
  .meta({ id: "KnowledgeCorrectionPreview" });
export const correctionView = z
  .object({ conversations: z.number().int().describe("要告诉的对话数") })
  .meta({ id: "KnowledgeCorrected" });
