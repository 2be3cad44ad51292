import { z } from "zod";
import type { Clock } from "../../bots/ports.ts";
import type { TokenVault } from "../shared/access-token.ts";
import { createWechatApi, type Downloaded, dataOf, type Sent, sentOf } from "../shared/wechat-api.ts";

/** What the platform's server is asked for. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface MiniProgramClient {
  sendCustom(openId: string, text: string): Promise<Sent>;
  download(mediaId: string, maxBytes: number): Promise<Downloaded>;
  sendNotice(notice: Notice): Promise<Sent>;
  /** Who has got this code from wx.login, once and within five minutes. */
  codeToSession(code: string): Promise<SignedIn>;
}

/** A subscription message; `fieldValue` names the words for a field of the template, or none that fit. */
export interface Notice {
  openId: string;
  templateId: string;
  /** Path within the mini-program. */
  page: string;
  fieldValue(field: string): string | undefined;
}

export type SignInFault = "bad-code" | "too-often" | "blocked" | "busy" | "wrong-account";
export type SignedIn = { kind: "signed-in"; openId: string } | { kind: "refused"; fault: SignInFault; code: number };

/** "小程序登录" code2Session: success has no errcode. The session key is not read: nothing here is encrypted with it. */
const sessionShape = z.object({ openid: z.string().min(1).max(128), errcode: z.literal(0).optional() });
const faultShape = z.looseObject({ errcode: z.number() });

/** `apiBase`: the platform's address without a slash at its end. */
export function createMiniProgramClient(options: {
  appId: string;
  appSecret: string;
  apiBase: string;
  vault: TokenVault;
  clock: Clock;
}): MiniProgramClient {
  const { appId, appSecret } = options;
  const { post, calls, download, subscriptionFields } = createWechatApi({ ...options, variables: "MINI_PROGRAM" });
  return {
    sendCustom: async (openId, content) =>
      sentOf(await post("/cgi-bin/message/custom/send", { touser: openId, msgtype: "text", text: { content } })),
    download,
    async sendNotice({ openId, templateId, page, fieldValue }) {
      const template = await subscriptionFields(templateId);
      if (template.kind === "refused") return template;
      if (!template.fields) {
        return {
          kind: "refused",
          code: 40_037,
          why: "the account has no template of the id in MINI_PROGRAM_TEMPLATE_ID",
        };
      }
      const data = dataOf(template.fields, fieldValue);
      if (!data) return { kind: "refused", code: 47_003, why: "the template has fields that no news fits into" };
      const body = { touser: openId, template_id: templateId, page, data, lang: "zh_CN" };
      return sentOf(await post("/cgi-bin/message/subscribe/send", body));
    },
    async codeToSession(code) {
      const query = new URLSearchParams({
        appid: appId,
        secret: appSecret,
        js_code: code,
        grant_type: "authorization_code",
      });
      return signedIn(await calls.json(`/sns/jscode2session?${query}`));
    },
  };
}

function signedIn(answer: unknown): SignedIn {
  const session = sessionShape.safeParse(answer);
  if (session.success) return { kind: "signed-in", openId: session.data.openid };
  const code = faultShape.safeParse(answer).data?.errcode ?? -1;
  return { kind: "refused", fault: faultOf(code), code };
}

/** 40029 not valid, 40163 used before; 40226 the platform takes the user for a risk ("code2Session" 错误码). */
function faultOf(code: number): SignInFault {
  switch (code) {
    case 40_029:
    case 40_163:
      return "bad-code";
    case 45_011:
      return "too-often";
    case 40_226:
      return "blocked";
    case -1:
      return "busy";
    default:
      return "wrong-account";
  }
}
