import type { Response } from "express";
import type { Lack } from "../../../knowledge/life/content.ts";
import { type Deed, hasRole, isKnowledgeRole, type KnowledgeRole } from "../../../knowledge/life/permission.ts";
import type { VersionState } from "../../../knowledge/life/states.ts";
import type { Refusal } from "../../knowledge/outcome.ts";
import type { StaffUser } from "../../staff/account.ts";
import { refuse } from "../desk/checked.ts";
import type { Views } from "./views.ts";

const DEEDS: Readonly<Record<Deed, string>> = {
  save: "编写",
  submit: "提交审核",
  approve: "审核",
  reject: "退回",
  publish: "发布",
  schedule: "定时发布",
  unschedule: "取消定时发布",
  withdraw: "停用",
  correct: "推送更正",
};

const ROLES: Readonly<Record<KnowledgeRole, string>> = {
  editor: "编辑",
  reviewer: "审核员",
  publisher: "发布员",
  admin: "管理员",
};

const STATES: Readonly<Record<VersionState, string>> = {
  draft: "草稿",
  review: "待审核",
  approved: "已审核",
  scheduled: "已定时",
  published: "已发布",
  superseded: "已被新版本取代",
  withdrawn: "已停用",
  expired: "已过期",
  aside: "冲突时另存的内容",
};

const LACKS: Readonly<Record<Lack, string>> = {
  question: "问题或标题没有填",
  text: "正文没有填",
  source: "没有写依据，没有依据的内容不能答复市民",
  dates: "失效日期早于生效日期",
  past: "有效期到那时已经过了",
  tests: "有一个测试问题是空的",
};

const MOST_NAMES = 5;

/** Who may do it, by name where the accounts are known. */
function whoMay(accounts: StaffUser[], least: KnowledgeRole, writers: readonly string[]): string {
  const others = accounts.filter(
    ({ username, role }) => isKnowledgeRole(role) && hasRole(role, least) && !writers.includes(username),
  );
  if (others.length === 0) return `目前没有别的账号可以做，请管理员开通${ROLES[least]}账号。`;
  const names = others.slice(0, MOST_NAMES).map(({ name }) => name);
  return `可以做的有：${names.join("、")}${others.length > MOST_NAMES ? "等" : ""}。`;
}

type Told = [status: number, code: string, message: string];

/** Why it was not done, as a sentence for the editor. */
export function tell(
  response: Response,
  refusal: Refusal,
  { views, accounts }: { views: Views; accounts: StaffUser[] },
): void {
  if (refusal.kind === "conflict") {
    const { head, yours, changed } = refusal;
    const who = views.person(head.author).name;
    const message = `${who}在您编辑期间保存了第 ${head.version} 版。您的内容已另存为第 ${yours} 版，没有丢失；请看过改动后，在第 ${head.version} 版的基础上再保存。`;
    response.status(409).json({ error: { code: "conflict", message }, head: views.version(head), yours, changed });
  } else refuse(response, ...told(refusal, accounts));
}

function told(refusal: Exclude<Refusal, { kind: "conflict" }>, accounts: StaffUser[]): Told {
  switch (refusal.kind) {
    case "not-found":
      return [404, "not-found", "没有找到这个条目或版本。"];
    case "taken":
      return [409, "taken", "这个编号已经有条目使用。"];
    case "stale":
      return [409, "stale", "这个条目刚刚有了变化，请看过现在的内容再操作。"];
    case "wrong-state":
      return [409, "wrong-state", `现在是“${STATES[refusal.state]}”，不能${DEEDS[refusal.deed]}。`];
    case "not-allowed": {
      const { deed, least, own, writers } = refusal;
      const why = own ? `这一版您自己写过，要由另一个人来${DEEDS[deed]}` : `${DEEDS[deed]}要由${ROLES[least]}来做`;
      const who = whoMay(accounts, least, own ? writers : []);
      return [403, own ? "own-version" : "not-allowed", `${why}。${who}`];
    }
    case "incomplete":
      return [400, "incomplete", `还不能提交：${refusal.lacks.map((lack) => LACKS[lack]).join("；")}。`];
    case "no-reason":
      return [400, "no-reason", "请写明理由，方便同事知道怎么改。"];
    case "not-later":
      return [400, "not-later", "定时发布的时间要晚于现在。"];
    default:
      throw new Error(`unknown refusal ${JSON.stringify(refusal satisfies never)}`);
  }
}
