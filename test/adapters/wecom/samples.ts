/**
 * One message of every kind, with made-up values, in the form of "消息格式" and "事件格式" (企业微信开发者中心, 接收消息与事件); decrypted.
 */
const head = (type: string) => `<xml>
  <ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>
  <FromUserName><![CDATA[zhang.san_01@bj]]></FromUserName>
  <CreateTime>1772323200</CreateTime>
  <MsgType><![CDATA[${type}]]></MsgType>`;

const message = (type: string, fields: string) => `${head(type)}
  ${fields}
  <MsgId>7123456789012345678</MsgId>
  <AgentID>1000002</AgentID>
</xml>`;

const event = (name: string, fields = "") => `${head("event")}
  <Event><![CDATA[${name}]]></Event>
  ${fields}
  <AgentID>1000002</AgentID>
</xml>`;

export const appSamples = {
  text: message("text", "<Content><![CDATA[望京西园四区路灯坏了 <快修> & 谢谢]]></Content>"),
  "empty text": message("text", "<Content><![CDATA[ ]]></Content>"),
  image: message("image", "<PicUrl><![CDATA[http://x.qpic.cn/0]]></PicUrl><MediaId><![CDATA[media-1]]></MediaId>"),
  "image without a file": message("image", "<PicUrl><![CDATA[http://x.qpic.cn/0]]></PicUrl>"),
  voice: message("voice", "<MediaId><![CDATA[media-2]]></MediaId><Format><![CDATA[amr]]></Format>"),
  video: message("video", "<MediaId><![CDATA[media-3]]></MediaId><ThumbMediaId><![CDATA[thumb]]></ThumbMediaId>"),
  location: message(
    "location",
    "<Location_X>39.915</Location_X><Location_Y>116.404</Location_Y><Scale>16</Scale><Label><![CDATA[东城区东长安街]]></Label><AppType><![CDATA[wxwork]]></AppType>",
  ),
  "location without numbers": message("location", "<Location_X></Location_X><Location_Y>116.404</Location_Y>"),
  link: message(
    "link",
    "<Title><![CDATA[公示]]></Title><Description><![CDATA[老旧小区改造]]></Description><Url><![CDATA[https://example.gov.cn/a?b=1&c=2]]></Url>",
  ),
  "unknown type": message("hologram", "<HologramId>1</HologramId>"),
  subscribe: event("subscribe", "<EventKey><![CDATA[]]></EventKey>"),
  "enter agent": event("enter_agent", "<EventKey><![CDATA[]]></EventKey>"),
  "menu click": event("click", "<EventKey><![CDATA[progress/mine]]></EventKey>"),
  "menu click with words": event("click", "<EventKey><![CDATA[转人工]]></EventKey>"),
  "menu click without a key": event("click", "<EventKey><![CDATA[]]></EventKey>"),
  "menu view": event("view", "<EventKey><![CDATA[https://12345.example.gov.cn/]]></EventKey>"),
  unsubscribe: event("unsubscribe"),
  "reported location": event("LOCATION", "<Latitude>23.104</Latitude><Longitude>113.320</Longitude>"),
  "address book": event("change_contact", "<ChangeType>update_user</ChangeType>").replace("zhang.san_01@bj", "sys"),
  "template card": event("template_card_event", "<EventKey><![CDATA[button-1]]></EventKey><TaskId>t</TaskId>"),
  "unknown event": event("never_heard_of"),
  "kf call": `<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><CreateTime>1772323200</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR]]></Token><OpenKfId><![CDATA[wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw]]></OpenKfId></xml>`,
} as const;

export type AppSample = keyof typeof appSamples;

/** Likewise in the form of "接收消息和事件" (微信客服), as they stand in `msg_list`. */
const from = { open_kfid: "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw", external_userid: "wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw" };
const kf = (msgtype: string, content: object, more: object = {}) => ({
  msgid: "4uTZgfSpJvJGqMiNQyoQF1eJLyAdLYXK",
  ...from,
  send_time: 1_772_323_200,
  origin: 3,
  msgtype,
  [msgtype]: content,
  ...more,
});
const kfEvent = (event_type: string, fields: object = {}) => ({
  msgid: "4uTZgfSpJvJGqMiNQyoQF1eJLyAdLYXK",
  send_time: 1_772_323_200,
  origin: 4,
  msgtype: "event",
  event: { event_type, ...from, ...fields },
});

export const kfSamples = {
  text: kf("text", { content: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  "menu click": kf("text", { content: "1. 确认提交", menu_id: "intake/confirm" }),
  "foreign menu click": kf("text", { content: "满意", menu_id: "101" }),
  "empty text": kf("text", { content: " " }),
  image: kf("image", { media_id: "media-1" }),
  voice: kf("voice", { media_id: "media-2" }),
  video: kf("video", { media_id: "media-3" }),
  file: kf("file", { media_id: "media-4" }),
  "file without an id": kf("file", {}),
  location: kf("location", { latitude: 39.915, longitude: 116.404, name: "天安门", address: "东城区东长安街" }),
  "location without numbers": kf("location", { name: "天安门" }),
  link: kf("link", { title: "公示", desc: "老旧小区改造", url: "https://example.gov.cn/a", pic_url: "http://x/0" }),
  "business card": kf("business_card", { userid: "lisi" }),
  "mini-program": kf("miniprogram", { title: "标题", appid: "wx0", pagepath: "a", thumb_media_id: "t" }),
  "forwarded talk": kf("merged_msg", { title: "群聊的聊天记录", item: [] }),
  "unknown type": kf("hologram", {}),
  "enter with a code": kfEvent("enter_session", { scene: "123", scene_param: "abc", welcome_code: "aaaaaa" }),
  "enter without a code": kfEvent("enter_session", { scene: "123" }),
  "not arrived: too late": kfEvent("msg_send_fail", { fail_msgid: "FAIL_1", fail_type: 4 }),
  "not arrived: refused": kfEvent("msg_send_fail", { fail_msgid: "FAIL_2", fail_type: 10 }),
  "taken back": kfEvent("user_recall_msg", { recall_msgid: "RECALLED_1" }),
  "session changed": kfEvent("session_status_change", { change_type: 1, new_servicer_userid: "lisi" }),
  "attendant changed": {
    ...kfEvent("servicer_status_change", { status: 1 }),
    event: { event_type: "servicer_status_change" },
  },
  "attendant's words": kf("text", { content: "您好" }, { origin: 5, servicer_userid: "lisi" }),
  "unknown event": kfEvent("never_heard_of"),
  "not a message": { hello: 1 },
} as const;

export type KfSample = keyof typeof kfSamples;
