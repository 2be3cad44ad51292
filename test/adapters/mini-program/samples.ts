/**
 * One message of every kind, with made-up values, in the form of "接收消息和事件" (微信开放文档·小程序), in both data formats of 消息推送.
 */
type Members = Record<string, string | number>;
const MSG_ID = "22772323200123456789";

const xml = (type: string, members: Members, id = true): string => {
  const written = Object.entries(members).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return `<xml>
  <ToUserName><![CDATA[gh_680bdefc8c5d]]></ToUserName>
  <FromUserName><![CDATA[oIDrpjqASyTPnxRmpS9O_ruZGsfk]]></FromUserName>
  <CreateTime>1772323200</CreateTime>
  <MsgType><![CDATA[${type}]]></MsgType>
  ${written.join("\n  ")}
  ${id ? `<MsgId>${MSG_ID}</MsgId>` : ""}
</xml>`;
};

/** The number is bare, as the platform writes it. */
const json = (type: string, members: Members, id = true): string => {
  const head = {
    ToUserName: "gh_680bdefc8c5d",
    FromUserName: "oIDrpjqASyTPnxRmpS9O_ruZGsfk",
    CreateTime: 1772323200,
    MsgType: type,
  };
  const text = JSON.stringify({ ...head, ...members });
  return id ? `${text.slice(0, -1)},"MsgId":${MSG_ID}}` : text;
};

export const APP_ID = "wx9f8a7b6c5d4e3f21";
const both = (type: string, members: Members, id = true) => ({
  json: json(type, members, id),
  xml: xml(type, members, id),
});

export const samples = {
  text: both("text", { Content: "望京西园四区路灯坏了 <快修> & 谢谢" }),
  "empty text": both("text", { Content: " " }),
  image: both("image", { PicUrl: "http://mmbiz.qpic.cn/x/0", MediaId: "media-image-1" }),
  "image without id": both("image", { PicUrl: "http://mmbiz.qpic.cn/x/0" }),
  "own ticket card": both("miniprogrampage", {
    Title: "我的工单",
    AppId: APP_ID,
    PagePath: "pages/ticket/ticket?from=share&number=20260301000001",
    ThumbUrl: "http://mmbiz.qpic.cn/t/0",
    ThumbMediaId: "thumb-1",
  }),
  "foreign card": both("miniprogrampage", {
    Title: "路灯报修",
    AppId: "wx0000000000000000",
    PagePath: "pages/ticket/ticket?number=20260301000001",
  }),
  "card without title": both("miniprogrampage", { AppId: APP_ID, PagePath: "pages/chat/chat" }),
  "unknown type": both("hologram", { HologramId: 1 }),
  "odd type": both("<script>", {}),
  entered: both("event", { Event: "user_enter_tempsession", SessionFrom: "chat" }, false),
  "unknown event": both("event", { Event: "subscribe_msg_sent_event" }, false),
  "no sender": { json: `{"MsgType":"text","CreateTime":1,"Content":"a"}`, xml: "<xml><MsgType>text</MsgType></xml>" },
} as const;

export type SampleName = keyof typeof samples;
