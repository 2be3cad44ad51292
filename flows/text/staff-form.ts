/** What operators read at a half-filled request. */
export const staffFormWords = {
  title: "诉求登记",
  unknown: "未填",
  notAgreed: (seen: string) => `${seen}（市民尚未同意使用）`,
  notEditable: "这一项不能在这里修改。",
  empty: "请填写内容。",
  notRead: (label: string) => `这样写看不出${label}，请换个写法再试。`,
};
