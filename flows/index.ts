import type { Flow } from "../bots/flow.ts";
import type { Json } from "../bots/model/index.ts";
import type { Routes } from "../bots/routes.ts";
import { createAccountsFlow } from "./accounts/accounts.ts";
import { accountWish } from "./accounts/phrases.ts";
import { createEmergencyFlow } from "./emergency/emergency.ts";
import { createEnterpriseFlow } from "./enterprise/enterprise.ts";
import { createGroupFlow } from "./group/group.ts";
import { createGuideFlows } from "./guide/guide.ts";
import { createHandoffFlow } from "./handoff/handoff.ts";
import { createIntakeFlow } from "./intake/intake.ts";
import { navigationIn } from "./navigation.ts";
import { createProgressFlow } from "./progress/progress.ts";
import { createQuestionFlow } from "./question/question.ts";
import { createStatutoryFlow } from "./statutory/statutory.ts";

export { withoutCodes } from "./accounts/code.ts";
export { hear, pictureFor } from "./group/hear.ts";
export { lapse } from "./group/lapse.ts";
export { REOPEN_MS } from "./group/small-matter.ts";
export { privateChatOf } from "./group/to-request.ts";
export { type GroupOutcome, type GroupTurn, workerId } from "./group/turn.ts";
export { isOpen, parseHours, type ServiceHours } from "./handoff/hours.ts";
export {
  accountMenu,
  fileMissing,
  groupLeadsAway,
  type MenuEntry,
  noticeField,
  ticketPage,
  whileAway,
} from "./text/away.ts";
export { engineWords } from "./text/engine.ts";
export { gridNotice } from "./text/group.ts";
export { attendedWords, waitingNotice } from "./text/handoff.ts";
export { sayHours } from "./text/hours.ts";
export { comePrivately, sendLocation } from "./text/line.ts";
export { actionNews, filingNews, ticketNews } from "./text/news.ts";
export { questionWords } from "./text/question.ts";

/** Every dialogue the bot can hold. `publicUrl`: where citizens reach the server, without a slash at its end. */
export const createFlows = (options: { publicUrl?: string } = {}): Flow<Json>[] => [
  createIntakeFlow(),
  createQuestionFlow(),
  createProgressFlow(),
  createHandoffFlow(),
  createStatutoryFlow(),
  createEmergencyFlow(),
  createEnterpriseFlow(),
  createGroupFlow(),
  createAccountsFlow(options),
  ...createGuideFlows(),
];

export const routes: Routes = {
  intents: {
    question: "question",
    request: "intake",
    progress: "progress",
    help: "help",
    human: "handoff",
    "small-talk": "small-talk",
    unclear: "unclear",
  },
  joined: "welcome",
  evidence: "intake",
  statutory: "statutory",
  danger: "emergency",
  abuse: "calm",
  commands: {
    帮助: "help",
    help: "help",
    "?": "help",
    企业: "enterprise",
    企业诉求: "enterprise",
    企业热线: "enterprise",
    企业服务: "enterprise",
    企业入口: "enterprise",
    我是企业: "enterprise",
    人工: "handoff",
    转人工: "handoff",
    人工客服: "handoff",
    我的工单: "progress",
    我的诉求: "progress",
    查进度: "progress",
    查询进度: "progress",
    进度: "progress",
    催办: "progress",
    催单: "progress",
    撤回: "progress",
    撤单: "progress",
  },
  recognise: (text) => (accountWish(text) === undefined ? undefined : "accounts"),
  navigation: navigationIn,
  cancel: ["取消", "退出", "算了", "不办了", "不弄了", "结束", "不填了", "取消填写", "退出填写", "cancel", "quit"],
};
