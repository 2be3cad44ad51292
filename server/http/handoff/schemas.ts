import { z } from "zod";
import { visibleText } from "../../../bots/plain.ts";

/** The JSON of 人工接待; both the checks of the routes and the OpenAPI document are made of these. */

const time = z.iso.datetime();
const MAX_SAID = 2_000;

/** Chosen by the client; the same again is done once. */
const key = z.string().min(8, "缺少编号").max(100).describe("客户端自选的编号，重发时不变，重复的只算一次");

/** Words that only look like words, such as invisible characters, would reach the citizen as an empty line. */
const words = (most: number, empty: string) =>
  z
    .string()
    .transform(visibleText)
    .pipe(z.string().min(1, empty).max(most, `最多 ${most} 字`));

export const sayBody = z.object({ key, text: words(MAX_SAID, "请填写要说的话") }).meta({ id: "HandoffSay" });
export const editBody = z
  .object({
    key,
    name: z.string().min(1).max(64),
    value: words(MAX_SAID, "请填写内容"),
    was: z.string().max(200_000).describe("修改前看到的值；与现在的不同就不改，返回 409"),
  })
  .meta({ id: "HandoffEdit" });
export const attachBody = z
  .object({ mediaId: z.string().min(1).max(100).describe("市民在这次对话里发的附件") })
  .meta({ id: "HandoffAttach" });
export const returnBody = z
  .object({ note: z.string().trim().max(500, "备注最多 500 字").optional().describe("留给同事的备注，市民看不到") })
  .meta({ id: "HandoffReturn" });

const state = z.enum(["waiting", "taken", "ended"]);
const reason = z.enum(["asked", "not-understood"]).describe("市民要求，或连续两次没有听懂");

const queueLine = z
  .object({
    id: z.string(),
    channel: z.string(),
    state,
    reason,
    requestedAt: time,
    subject: z.string().describe("市民的话，姓名和号码已遮盖"),
    takenBy: z.string().optional(),
    mine: z.boolean(),
    unansweredSince: time.optional().describe("市民从何时起在等回复"),
    dueAt: time.optional(),
  })
  .meta({ id: "HandoffQueueLine" });

const endedLine = z
  .object({
    id: z.string(),
    requestedAt: time,
    endedAt: time.optional(),
    ending: z
      .enum(["returned", "citizen", "silent", "idle"])
      .optional()
      .describe("交还、市民结束、因未回复被收回、因无人说话结束"),
    note: z.string().optional(),
  })
  .meta({ id: "HandoffEndedLine" });

export const queueView = z
  .object({ open: z.array(queueLine), ended: z.array(endedLine).describe("自己一天内接待过的") })
  .meta({ id: "HandoffQueue" });

const formRow = z.object({
  name: z.string(),
  label: z.string(),
  value: z.string(),
  input: z.string().optional().describe("修改时的初始内容，没有时用 value"),
  editable: z.boolean(),
});

export const attentionView = z
  .object({
    id: z.string(),
    channel: z.string(),
    reason,
    requestedAt: time,
    takenAt: time.optional(),
    unansweredSince: time.optional(),
    dueAt: time.optional().describe("到这时还没有动静就交还机器人"),
    label: z.string().describe("市民看到的称呼"),
    subject: z.string(),
    understood: z.array(z.object({ label: z.string(), value: z.string() })),
    tried: z.array(z.string()).describe("转人工以前机器人答过的，新的在后"),
    lines: z.array(
      z.object({
        by: z.enum(["citizen", "bot", "staff"]),
        at: time,
        speaker: z.string().optional().describe("哪位工作人员，与市民看到的称呼一致"),
        text: z.string(),
        files: z.array(z.object({ id: z.string(), mimeType: z.string(), name: z.string().optional() })),
      }),
    ),
    pending: z
      .array(z.object({ text: z.string(), failed: z.boolean() }))
      .describe("已经说出、还没有送到的；failed 表示渠道不收，不会再送"),
    form: z.object({ title: z.string(), rows: z.array(formRow) }).optional(),
  })
  .meta({ id: "HandoffAttention" });

export const actsView = z
  .object({
    acts: z.array(
      z.object({
        by: z.string().describe("用户名；clock 是到时自动处理"),
        deed: z.enum(["read", "take", "say", "edit", "return", "lapse"]),
        about: z.string().optional(),
        at: time,
      }),
    ),
  })
  .meta({ id: "HandoffActs" });

export type QueueJson = z.output<typeof queueView>;
export type AttentionJson = z.output<typeof attentionView>;
