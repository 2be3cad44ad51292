import { z } from "zod";
import { staffRoles } from "../../staff/account.ts";

/** The JSON of the staff's part of `/api`; both the checks of the routes and the OpenAPI document are made of these. */

export const errorBody = z
  .object({ error: z.object({ code: z.string(), message: z.string().describe("可以直接显示的一句话") }) })
  .meta({ id: "Error" });

const username = z.string().trim().min(1).max(64);
const password = z.string().min(1).max(200);

const staffUser = z
  .object({ username: z.string(), name: z.string(), role: z.enum(staffRoles), unitId: z.string().optional() })
  .meta({ id: "StaffUser" });
export const credentials = z.object({ username, password }).meta({ id: "Credentials" });
export const signedIn = z.object({ token: z.string(), user: staffUser }).meta({ id: "SignedIn" });
export const currentSession = z.object({ user: staffUser }).meta({ id: "CurrentSession" });
export const newAccount = z
  .object({
    username: username.regex(/^[\w.@-]+$/, "用户名只能使用字母、数字和 . _ @ -"),
    name: z.string().trim().min(1).max(64),
    role: z.enum(staffRoles),
    unitId: z.string().min(1).max(64).optional(),
    password: z.string().min(10, "密码至少10位").max(200),
  })
  .refine((account) => account.role !== "unit" || account.unitId !== undefined, {
    path: ["unitId"],
    message: "承办单位的账号必须指定单位",
  })
  .meta({ id: "NewAccount" });
export const accountList = z.object({ accounts: z.array(staffUser) }).meta({ id: "AccountList" });
export const addedAccount = z.object({ user: staffUser }).meta({ id: "AddedAccount" });

const time = z.iso.datetime();
const unitRef = z.object({ id: z.string(), name: z.string() }).meta({ id: "UnitRef" });
const state = z.enum(["accepted", "dispatched", "in-progress", "replied", "closed", "withdrawn"]);
const kind = z.enum(["consultation", "suggestion", "complaint", "report", "help", "emergency", "praise"]);

export const unitQuery = z.object({ query: z.string().trim().max(100).optional() });
export const unitList = z
  .object({
    units: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        shortName: z.string(),
        type: z.string(),
        open: z.number().int().describe("未办结的工单数"),
      }),
    ),
  })
  .meta({ id: "UnitList" });

export const ticketQuery = z.object({
  unit: z.string().trim().max(64).optional(),
  state: z
    .enum(["open", "closed", "all", "accepted", "dispatched", "in-progress", "replied", "withdrawn"])
    .default("open"),
  query: z.string().trim().max(100).optional().describe("工单编号的开头，或类别中的字"),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});

const ticketSummary = z
  .object({
    number: z.string(),
    title: z.string(),
    kind,
    categoryPath: z.array(z.string()),
    state,
    unit: unitRef,
    second: unitRef.optional(),
    grade: z.enum(["2h", "24h", "7d", "15d"]),
    createdAt: time,
    dueAt: time,
    closedAt: time.optional(),
    urges: z.number().int(),
    voices: z.number().int().describe("反映人数：提出的人和加入的人，不含已撤回的"),
    overdue: z.boolean(),
  })
  .meta({ id: "TicketSummary" });
export const ticketList = z
  .object({ tickets: z.array(ticketSummary), total: z.number().int() })
  .meta({ id: "TicketList" });

const place = z.object({
  text: z.string(),
  district: z.string().optional(),
  subdistrict: z.string().optional(),
  community: z.string().optional(),
  point: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
});

const contact = z
  .object({ name: z.string().optional(), phone: z.string().optional(), email: z.string().optional() })
  .describe("按查看人的权限遮盖；举报和要求保密的，对承办单位不显示");
const evidence = z.array(z.object({ id: z.string(), mimeType: z.string(), name: z.string().optional() }));

const joiner = z
  .object({
    id: z.string(),
    joinedAt: time,
    description: z.string(),
    place: z.string().optional(),
    occurredAt: z.string().optional(),
    wants: z.string().optional(),
    contact: contact.optional(),
    evidence,
    urges: z.number().int(),
    leftAt: time.optional(),
  })
  .meta({ id: "Joiner" });

export const ticketDetail = z
  .object({
    ...ticketSummary.shape,
    way: z.enum(["direct", "double", "conference"]),
    confidential: z.boolean(),
    catalogueVersion: z.string(),
    updatedAt: time,
    description: z.string(),
    place: place.optional(),
    occurredAt: z.string().optional(),
    wants: z.string().optional(),
    details: z
      .array(z.object({ label: z.string(), value: z.string() }))
      .describe("原话里的要点（涉及单位、金额、车牌号、订单号）和企业信息"),
    contact: contact.optional(),
    evidence,
    related: z.string().optional().describe("同一件事的原工单编号"),
    firstLeftAt: time.optional().describe("提出的人撤回的时间，工单为加入的人继续办理"),
    joiners: z.array(joiner),
    timeline: z.array(
      z.object({
        at: time,
        kind: z.enum([...state.options, "urged", "supplemented", "joined", "left", "leads"]),
        unit: z.string().optional(),
        actor: z.string().optional(),
        text: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "TicketDetail" });

export const stepText = z
  .object({ text: z.string().trim().min(1, "请填写内容").max(20_000, "内容过长") })
  .meta({ id: "StepText" });

export type TicketSummaryJson = z.output<typeof ticketSummary>;
export type TicketDetailJson = z.output<typeof ticketDetail>;
