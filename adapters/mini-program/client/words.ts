/** What the mini-program itself says; the bot's words come from the bot. */
export const words = {
  placeholder: "请输入您想说的话",
  send: "发送",
  picture: "图片",
  place: "位置",
  tickets: "我的工单",
  service: "客服",
  offline: "暂时连接不上，正在重新连接。您发出的内容已保存，恢复后会自动送出。",
  waiting: "还没送达，会自动再发",
  drop: "移除",
  noReason: "这条内容没有被接收，请修改后再发。",
  fileGone: "这张图片在手机上找不到了，请重新选择。",
  pictureSent: "［图片］",
  placeSent: (label: string) => `［位置］${label}`,
  notifyOffer: "有新进展时，可以用微信服务通知告诉您，每同意一次通知一回。",
  notify: "有进展通知我",
  notLater: "不用了",
  notified: "好的，有新进展会通知您一次",
  notifyRefused: "没有开启通知，随时可以在“我的工单”里查看进展",
  notifyFailed: "通知没有开启成功，请稍后再试",
  pickFailed: "没有取得位置，请直接输入地址",
  copied: "已复制",
  loading: "正在读取…",
  loadFailed: "暂时读取不到，请下拉重试。急的话请拨打 12345。",
  noTickets: "您还没有工单。有事随时在对话里告诉我们。",
  noTicket: "没有找到这张工单，请核对编号。",
  numberLabel: "受理编号",
  unitLabel: "承办单位",
  dueLabel: "办理时限",
  newsLabel: "办理经过",
  noNews: "还没有新进展",
  backToChat: "去对话里催办、补充、撤回",
} as const;

const STATUS: Record<string, string> = {
  saved: "正在登记",
  refused: "没有登记成功",
  accepted: "已受理",
  dispatched: "已派单",
  "in-progress": "办理中",
  replied: "已答复",
  closed: "已办结",
  withdrawn: "已撤回",
};

export const sayStatus = (status: string): string => STATUS[status] ?? "办理中";

/** "3月1日 08:05", in the telephone's own time. Without a time, nothing. */
export function sayTime(iso: string | undefined): string {
  const at = new Date(iso ?? "");
  if (Number.isNaN(at.getTime())) return "";
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  return `${at.getMonth() + 1}月${at.getDate()}日 ${two(at.getHours())}:${two(at.getMinutes())}`;
}
