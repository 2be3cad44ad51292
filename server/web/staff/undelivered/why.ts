const CAUSES: [RegExp, string][] = [
  [/hours ago|48 hours|window/i, "超过平台允许主动联系的时间"],
  [/messages were pushed|five messages/i, "平台允许主动发的条数用完了"],
  [/never speaks first/i, "这个渠道不能主动联系市民"],
  [/blocked|forbidden|deactivated/i, "市民屏蔽了账号，或者账号已注销"],
  [/not switched on/i, "渠道没有开通"],
  [/given up after/i, "试了多次都没有成功"],
];

/** The job's reason as staff read it; the technical one stands beside it. */
export const sayWhy = (reason: string): string =>
  CAUSES.find(([pattern]) => pattern.test(reason))?.[1] ?? "渠道没有收下";
