import { type Deed, hasRole, isKnowledgeRole, type KnowledgeRole } from "../../../knowledge/life/permission.ts";
import type { Denied } from "../../knowledge/reader.ts";
import type { StaffUser } from "../../staff/account.ts";

/** What people do with an entry, as a verb. */
export const DEEDS: Readonly<Record<Deed, string>> = {
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

/** Why somebody may not do something, and who may, as a sentence. */
export function whyNot(denied: Denied, accounts: StaffUser[]): string {
  const { deed, least, own, writers } = denied;
  const why = own ? `这一版您自己写过，要由另一个人来${DEEDS[deed]}` : `${DEEDS[deed]}要由${ROLES[least]}来做`;
  return `${why}。${whoMay(accounts, least, own ? writers : [])}`;
}
