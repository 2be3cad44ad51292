/**
 * One message of every kind, with made-up values, in the form of "接收普通消息" and "接收事件推送" (微信官方文档·公众号). `xml` is what
 * stands in the body in plain text.
 */
const head = (type: string) => `<xml>
  <ToUserName><![CDATA[gh_680bdefc8c5d]]></ToUserName>
  <FromUserName><![CDATA[oIDrpjqASyTPnxRmpS9O_ruZGsfk]]></FromUserName>
  <CreateTime>1772323200</CreateTime>
  <MsgType><![CDATA[${type}]]></MsgType>`;

const message = (type: string, fields: string) => `${head(type)}
  ${fields}
  <MsgId>22772323200123456789</MsgId>
  <MsgDataId>xxxx</MsgDataId>
  <Idx>1</Idx>
</xml>`;

const event = (name: string, fields = "") => `${head("event")}
  <Event><![CDATA[${name}]]></Event>
  ${fields}
</xml>`;

export const samples = {
  text: message("text", "<Content><![CDATA[望京西园四区路灯坏了 <快修> & 谢谢]]></Content>"),
  "menu message click": message(
    "text",
    "<Content><![CDATA[1. 确认提交]]></Content><bizmsgmenuid>intake/confirm</bizmsgmenuid>",
  ),
  "foreign menu message click": message("text", "<Content><![CDATA[满意]]></Content><bizmsgmenuid>101</bizmsgmenuid>"),
  sticker: message("text", "<Content><![CDATA[【收到不支持的消息类型，暂无法显示】]]></Content>"),
  image: message(
    "image",
    "<PicUrl><![CDATA[http://mmbiz.qpic.cn/x/0]]></PicUrl><MediaId><![CDATA[media-image-1]]></MediaId>",
  ),
  voice: message("voice", "<MediaId><![CDATA[media-voice-1]]></MediaId><Format><![CDATA[amr]]></Format>"),
  "voice with recognition": message(
    "voice",
    "<MediaId><![CDATA[media-voice-1]]></MediaId><Format><![CDATA[amr]]></Format><Recognition><![CDATA[楼下的路灯坏了。]]></Recognition>",
  ),
  video: message(
    "video",
    "<MediaId><![CDATA[media-video-1]]></MediaId><ThumbMediaId><![CDATA[thumb-1]]></ThumbMediaId>",
  ),
  "short video": message(
    "shortvideo",
    "<MediaId><![CDATA[media-video-2]]></MediaId><ThumbMediaId><![CDATA[thumb-2]]></ThumbMediaId>",
  ),
  location: message(
    "location",
    "<Location_X>39.915</Location_X><Location_Y>116.404</Location_Y><Scale>15</Scale><Label><![CDATA[东城区东长安街]]></Label>",
  ),
  "location without numbers": message("location", "<Location_X></Location_X><Location_Y>116.404</Location_Y>"),
  link: message(
    "link",
    "<Title><![CDATA[公示]]></Title><Description><![CDATA[老旧小区改造]]></Description><Url><![CDATA[https://example.gov.cn/a?b=1&c=2]]></Url>",
  ),
  file: message("file", "<Title><![CDATA[合同.pdf]]></Title><FileTotalLen>1000</FileTotalLen>"),
  "unknown type": message("hologram", "<HologramId>1</HologramId>"),
  subscribe: event("subscribe"),
  "subscribe by code": event(
    "subscribe",
    "<EventKey><![CDATA[qrscene_123123]]></EventKey><Ticket><![CDATA[TICKET]]></Ticket>",
  ),
  scan: event("SCAN", "<EventKey><![CDATA[123123]]></EventKey><Ticket><![CDATA[TICKET]]></Ticket>"),
  unsubscribe: event("unsubscribe"),
  "menu click": event("CLICK", "<EventKey><![CDATA[progress/mine]]></EventKey>"),
  "menu click with words": event("CLICK", "<EventKey><![CDATA[转人工]]></EventKey>"),
  "menu view": event("VIEW", "<EventKey><![CDATA[https://12345.example.gov.cn/]]></EventKey>"),
  "reported location": event("LOCATION", "<Latitude>23.137466</Latitude><Longitude>113.352425</Longitude>"),
  "template sent": event("TEMPLATESENDJOBFINISH", "<MsgID>200163836</MsgID><Status><![CDATA[success]]></Status>"),
  "unknown event": event("qualification_verify_success", "<ExpiredTime>1442401156</ExpiredTime>"),
} as const;

export type SampleName = keyof typeof samples;
