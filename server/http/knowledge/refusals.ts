import type { Response } from "express";
import type { Lack } from "../../../knowledge/life/content.ts";
import type { VersionState } from "../../../knowledge/life/states.ts";
import type { Refusal } from "../../knowledge/outcome.ts";
import type { StaffUser } from "../../staff/account.ts";
import { refuse } from "../desk/checked.ts";
import type { Views } from "./views.ts";
import { DEEDS, whyNot } from "./why-not.ts";

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
    case "not-allowed":
      return [403, refusal.own ? "own-version" : "not-allowed", whyNot(refusal, accounts)];
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
