import type { ChannelName, RequestKind, TicketView } from "../../bots/model/index.ts";

/** 诉求类型 as citizens read it. */
export const KIND_LABELS: Record<RequestKind, string> = {
  consultation: "咨询",
  suggestion: "建议",
  complaint: "投诉",
  report: "举报",
  help: "求助",
  emergency: "应急",
  praise: "表扬",
};

export const STATUS_LABELS: Record<TicketView["status"], string> = {
  saved: "已保存，尚未登记",
  refused: "未能登记",
  accepted: "已受理",
  dispatched: "已派单",
  "in-progress": "办理中",
  replied: "已答复",
  closed: "已办结",
  withdrawn: "已撤回",
};

/** Channels as citizens call them. */
export const CHANNEL_LABELS: Record<ChannelName, string> = {
  web: "网页",
  terminal: "命令行",
  wechat: "微信公众号",
  wecom: "企业微信",
  "mini-program": "微信小程序",
  wechaty: "微信",
  line: "LINE",
  telegram: "Telegram",
  "bot-framework": "Teams",
};

/** 138****5678: enough to recognise one's own number, too little for anybody else. */
export const maskPhone = (phone: string): string =>
  phone.length < 7 ? "****" : `${phone.slice(0, 3)}****${phone.slice(-4)}`;

const MINUTES = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** "11月22日 14:05" in Beijing time, for a time in ISO 8601. */
export function shortTime(iso: string): string {
  const parts = MINUTES.formatToParts(new Date(iso));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("month")}月${part("day")}日 ${part("hour")}:${part("minute")}`;
}

/** "11月22日" in Beijing time. */
export const shortDay = (iso: string): string => shortTime(iso).split(" ")[0] ?? "";

/** Cuts a long text for display; what is stored stays whole. */
export function excerpt(text: string, maxLength: number): string {
  const characters = [...text.replace(/\s+/g, " ").trim()];
  return characters.length <= maxLength ? characters.join("") : `${characters.slice(0, maxLength - 1).join("")}…`;
}

/** A period in dates of Beijing: "11月24日 08:52 起", "11月25日 23:00 至 11月26日 06:00"; a moment has both ends the same. */
export function periodInDates({ from, to }: { from: string; to?: string }): string {
  if (to === undefined) return `${shortTime(from)} 起`;
  return from === to ? shortTime(from) : `${shortTime(from)} 至 ${shortTime(to)}`;
}
