/** One webhook event of every kind, with made-up values, in the form of "Webhook event objects" (LINE Messaging API reference). */
const common = {
  mode: "active",
  timestamp: 1_772_323_200_123,
  webhookEventId: "01FZ74A0TDDPYRVKNK77XKC3ZR",
  deliveryContext: { isRedelivery: false },
};
export const USER = "U4af4980629aabbccddeeff0011223344";
const user = { source: { type: "user", userId: USER }, replyToken: "nHuyWiB7yP5Zw52FIkcQobQuGDXCTA" };
const group = {
  source: { type: "group", groupId: "Ca56f94637c0011223344556677889900", userId: USER },
  replyToken: "38ef843bde154d9b91c21320ffd17a0f",
};
const room = { ...group, source: { type: "room", roomId: "Ra8dbf4673c4c812cd491258042226c99", userId: USER } };

const message = (fields: object, where: object = user) => ({
  ...common,
  ...where,
  type: "message",
  message: { id: "468789577898262530", ...fields },
});
const file = (type: string, fields: object = {}) =>
  message({ type, contentProvider: { type: "line" }, quoteToken: "q3Plxr4AgKd", ...fields });
const event = (type: string, fields: object = {}, where: object = user) => ({ ...common, ...where, type, ...fields });

const mention = (mentionee: object) => ({ mentionees: [{ index: 0, length: 5, type: "user", ...mentionee }] });

export const samples = {
  text: message({ type: "text", text: "望京西园四区路灯坏了 <快修> & 谢谢", quoteToken: "q3Plxr4AgKd" }),
  "text without words": message({ type: "text", text: "  " }),
  image: file("image", { imageSet: { id: "E005D41A7288", index: 1, total: 2 } }),
  "image from elsewhere": file("image", {
    contentProvider: { type: "external", originalContentUrl: "https://example.com/o.jpg" },
  }),
  video: file("video", { duration: 60_000 }),
  audio: file("audio", { duration: 60_000 }),
  file: message({ type: "file", fileName: "合同.pdf", fileSize: 2_138 }),
  location: message({
    type: "location",
    title: "望京SOHO",
    address: "北京市朝阳区望京街",
    latitude: 39.9965,
    longitude: 116.4805,
  }),
  "location without a title": message({ type: "location", address: "朝阳区", latitude: 39.9, longitude: 116.4 }),
  "location without numbers": message({ type: "location", address: "朝阳区" }),
  sticker: message({ type: "sticker", packageId: "446", stickerId: "1988", stickerResourceType: "STATIC" }),
  "unknown message type": message({ type: "hologram" }),
  follow: event("follow", { follow: { isUnblocked: false } }),
  unfollow: event("unfollow", {}, { source: user.source }),
  "postback of a choice": event("postback", { postback: { data: "intake/confirm" } }),
  "postback of something else": event("postback", { postback: { data: "storeId=12345", params: {} } }),
  unsend: event("unsend", { unsend: { messageId: "325708" } }, { source: user.source }),
  "unsend in a group": event("unsend", { unsend: { messageId: "325709" } }, { source: group.source }),
  join: event("join", {}, group),
  leave: event("leave", {}, { source: group.source }),
  "member joined": event("memberJoined", { joined: { members: [] } }, group),
  beacon: event("beacon", { beacon: { hwid: "d41d8cd98f", type: "enter" } }),
  "account link": event("accountLink", { link: { result: "ok", nonce: "n" } }),
  "video seen": event("videoPlayComplete", { videoPlayComplete: { trackingId: "t" } }),
  "unknown event": event("never_heard_of"),
  standby: { ...message({ type: "text", text: "你好" }), mode: "standby" },
  "group talk": message({ type: "text", text: "今天真热" }, group),
  "group mention": message({ type: "text", text: "@接诉 你好", mention: mention({ isSelf: true }) }, group),
  "room mention": message({ type: "text", text: "@接诉 你好", mention: mention({ isSelf: true }) }, room),
  "group mention of another": message({ type: "text", text: "@小王 你好", mention: mention({ isSelf: false }) }, group),
  "group mention of all": message({ type: "text", text: "@All 你好", mention: mention({ type: "all" }) }, group),
  "group image": { ...file("image"), ...group },
} as const;

export type SampleName = keyof typeof samples;
