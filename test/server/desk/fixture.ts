import { join } from "node:path";
import type { Place, Request } from "../../../bots/model/index.ts";
import type { Clock, Logger } from "../../../bots/ports.ts";
import type { DeskCatalogue, DivisionRow } from "../../../server/desk/catalogue.ts";
import { createDesk, type Desk, deskMigrationsDir } from "../../../server/desk/desk.ts";
import type { Viewer } from "../../../server/desk/viewer.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";

/** A small city of its own: two districts, four subdistricts, five leaves. */
export const catalogue: DeskCatalogue = {
  version: "test-1",
  leaves: [
    {
      code: "010101",
      path: ["住房", "物业管理", "物业服务不到位"],
      unit: { type: "subdistrict" },
      second: { type: "district-department", of: "zhujian" },
      dispatch: "double",
      grade: "7d",
      law: "《物业管理条例》",
      keywords: ["物业", "保安"],
    },
    {
      code: "020101",
      path: ["供水", "停水", "突发停水"],
      unit: { type: "company", id: "co-water" },
      dispatch: "single",
      grade: "2h",
      keywords: ["停水"],
    },
    {
      code: "030101",
      path: ["市容环卫", "垃圾", "垃圾清运不及时"],
      unit: { type: "subdistrict" },
      dispatch: "single",
      grade: "24h",
      keywords: ["垃圾"],
    },
    {
      code: "040101",
      path: ["社会保障", "社会保险", "社保政策"],
      unit: { type: "municipal-department", id: "bj-hrss" },
      dispatch: "single",
      grade: "15d",
    },
    {
      code: "050101",
      path: ["市场", "消费", "平台退款"],
      unit: { type: "platform" },
      second: { type: "district-department", of: "shichang" },
      dispatch: "double",
      grade: "7d",
    },
    {
      code: "999999",
      path: ["其他", "其他", "其他事项"],
      unit: { type: "subdistrict" },
      dispatch: "single",
      grade: "15d",
    },
  ],
  units: [
    { id: "bj-center", name: "市民热线服务中心", type: "center" },
    { id: "bj-hrss", name: "市人力资源和社会保障局", shortName: "市人力社保局", type: "municipal-department" },
    { id: "co-water", name: "市自来水集团", type: "company" },
  ],
  districtDepartments: [
    { kind: "zhujian", name: "住房和城乡建设委员会", shortName: "区住建委" },
    { kind: "shichang", name: "市场监督管理局", shortName: "区市场监管局" },
  ],
};

export const divisions: DivisionRow[] = [
  { code: "110105", name: "朝阳区", level: "district" },
  { code: "110105026", name: "望京街道", level: "subdistrict", parent: "110105" },
  { code: "110105026001", name: "南湖中园社区", level: "community", parent: "110105026" },
  { code: "110105030", name: "将台地区", level: "subdistrict", parent: "110105" },
  { code: "110108", name: "海淀区", level: "district" },
  { code: "110108101", name: "温泉镇", level: "subdistrict", parent: "110108" },
];

export const wangjing: Place = {
  text: "望京西园四区",
  district: { code: "110105", name: "朝阳区" },
  subdistrict: { code: "110105026", name: "望京街道" },
  confidence: 0.9,
};

/** 2026-03-01 20:00 in Beijing. */
const START = new Date("2026-03-01T12:00:00.000Z");

export interface MovableClock extends Clock {
  forward(ms: number): void;
}

export function movableClock(start = START): MovableClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    forward: (ms) => {
      at += ms;
    },
  };
}

export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

export interface TestDesk {
  desk: Desk;
  clock: MovableClock;
  database: SqliteDatabase;
}

export function openTestDesk(options: { dir?: string; random?: () => number } = {}): TestDesk {
  const clock = movableClock();
  const file = options.dir ? join(options.dir, "desk.sqlite") : ":memory:";
  const database = openDatabase({ file, migrationsDir: deskMigrationsDir });
  const seal = createSeal("a secret key for tests");
  return { desk: createDesk({ database, seal, catalogue, divisions, clock, random: options.random }), clock, database };
}

let count = 0;

/** A request as the bot files it. */
export function aRequest(over: Partial<Request> = {}): Request {
  count += 1;
  return {
    id: `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`,
    from: { channel: "web", conversationId: "c1", userId: "u1" },
    kind: "complaint",
    category: { code: "010101", path: ["住房", "物业管理", "物业服务不到位"] },
    description: "小区大门坏了一个月，物业一直不修",
    place: wangjing,
    occurredAt: "一个月前",
    wants: "尽快修好大门",
    contact: { name: "张小明", phone: "13800138000" },
    confidential: false,
    evidence: [],
    consentAt: START.toISOString(),
    createdAt: START.toISOString(),
    ...over,
  };
}

export const admin: Viewer = { name: "管理员", role: "admin" };
export const wangjingClerk: Viewer = { name: "李工", role: "unit", unitId: "110105026" };
export const housingClerk: Viewer = { name: "赵工", role: "unit", unitId: "110105-zhujian" };
export const jiangtaiClerk: Viewer = { name: "孙工", role: "unit", unitId: "110105030" };

/** The number of a submission that must have been accepted. */
export async function numberOf(submission: ReturnType<Desk["submit"]>): Promise<string> {
  const made = await submission;
  if (made.kind !== "accepted") throw new Error(`not accepted: ${JSON.stringify(made)}`);
  return made.number;
}
