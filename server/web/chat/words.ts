/** What the chat page itself says; the bot's words come from the bot. */
export const words = {
  hotline: "12345 市民热线",
  promise: "接诉即办",
  log: "对话记录",
  me: "我",
  bot: "12345 热线",
  largePrint: "大字版",
  normalPrint: "标准版",
  composer: "请输入您想说的话",
  placeholder: "请输入内容",
  send: "发送",
  upload: "发送图片或文件",
  location: "发送位置",
  locating: "正在定位…",
  typing: "正在输入",
  sending: "正在发送…",
  waiting: "未送达，点此重试",
  again: "重新发送",
  edit: "取回修改",
  remove: "移除",
  newMessages: "有新消息",
  close: "关闭提示",
  offline: "网络已断开。您发出的内容已保存，恢复连接后会自动送出。",
  reconnecting: "暂时连接不上热线，正在重新连接。您发出的内容已保存，不会丢失。",
  tooLong: (length: number, limit: number) =>
    `已输入 ${length} 字，超出 ${length - limit} 字。请删减，或分成几条发送。`,
  count: (length: number, limit: number) => `${length} / ${limit} 字`,
  tooLarge: (name: string) => `“${name}”超过 10 MB，请压缩或截取后再发。`,
  emptyFile: (name: string) => `“${name}”是空文件，没有发送。`,
  picture: "图片",
  file: "文件",
  myLocation: "我的位置",
  shortcuts: "常用服务",
} as const;

/** The entrances above the composer: the label is what is sent. */
export const entrances = [
  { text: "提问政策", icon: "question" },
  { text: "我要反映问题", icon: "write" },
  { text: "查进度", icon: "progress" },
] as const;
