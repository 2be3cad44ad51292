/** What a citizen reads in channels where the bot may not speak first at any time, and on the fixed menu of an account. */

export const whileAway = "您不在的时候，有这些消息：";

/** Stands behind the words that came with a file which could not be fetched or kept. */
export const fileMissing = "（另附的文件没有收到）";

/** In a group, where others read along, when the bot is spoken to; some platforms have no address for the private chat. */
export const groupLeadsAway = (url: string | undefined): string => {
  const how =
    url === undefined ? "请和我单独说，诉求、政策、进度都可以。" : `请点开和我单独说，诉求、政策、进度都可以：${url}`;
  return `群里大家都看得见，电话、住址这些不要发在这里。${how}`;
};

export const ticketPage = (url: string): string => `随时查看进度：${url}`;

const beijing = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/**
 * Words for a field of a template or subscription message (模板消息、订阅通知). The name says the kind and so the longest value
 * ("订阅消息参数值内容限制说明": thing 20 characters, phrase 5, character_string 32); undefined for kinds that no news fits into.
 */
export function noticeField(field: string, ticket: string, at: Date): string | undefined {
  const kind = field.replace(/\d+$/, "");
  switch (kind) {
    case "character_string":
      return /^[\x21-\x7e]{1,32}$/.test(ticket) ? ticket : undefined;
    case "time":
    case "date":
      return beijing.format(at).replace(/^(\d+)\/(\d+)\/(\d+) /, "$1年$2月$3日 ");
    case "phrase":
      return "有新进展";
    case "thing":
    case "first":
    case "keyword":
    case "remark":
      return "您的诉求有新进展，请点开查看";
    default:
      return undefined;
  }
}

export interface MenuEntry {
  label: string;
  /** A choice id, or words as the citizen would say them. */
  key: string;
}

/** The fixed menu below the chat: three entries, the last opens more. */
export const accountMenu: { first: MenuEntry[]; more: { label: string; entries: MenuEntry[] }; page: string } = {
  first: [
    { label: "办诉求", key: "intake/start" },
    { label: "我的工单", key: "progress/mine" },
  ],
  more: {
    label: "更多",
    entries: [
      { label: "问政策", key: "question/ask" },
      { label: "企业入口", key: "企业" },
      { label: "转人工", key: "转人工" },
      { label: "怎么用", key: "帮助" },
    ],
  },
  page: "网页版",
};
