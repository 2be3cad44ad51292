import { z } from "zod";
import type { Clock } from "../../bots/ports.ts";
import type { TokenVault } from "../shared/access-token.ts";
import {
  createWechatApi,
  type Downloaded,
  dataOf,
  fieldsOf,
  type Sent,
  sentOf,
  type WechatApi,
} from "../shared/wechat-api.ts";
import type { Refused } from "../shared/wechat-codes.ts";
import type { CustomMessage } from "./render.ts";

/** What the 公众号's server is asked for. Throws a DeliveryError where trying again can help; what it refuses for good is a value. */
export interface WechatClient {
  sendCustom(openId: string, message: CustomMessage): Promise<Sent>;
  /** A file that a citizen sent, at most `maxBytes` of it; refused when it is larger, gone or not given out. */
  download(mediaId: string, maxBytes: number): Promise<Downloaded>;
  createMenu(menu: object): Promise<Sent>;
  sendNotice(notice: Notice): Promise<Sent>;
}

/** A template or subscription message; `fieldValue` names the words for a field of the template, or none that fit. */
export interface Notice {
  openId: string;
  templateId: string;
  url: string | undefined;
  /** The platform sends a message once under each. */
  key: string;
  fieldValue(field: string): string | undefined;
}

const templates = z.object({
  template_list: z.array(z.object({ template_id: z.string(), content: z.string() })).default([]),
});

/** `apiBase`: the platform's address without a slash at its end. */
export function createWechatClient(options: {
  appId: string;
  appSecret: string;
  apiBase: string;
  vault: TokenVault;
  clock: Clock;
}): WechatClient {
  const api = createWechatApi({ ...options, variables: "WECHAT" });
  const { post } = api;
  return {
    sendCustom: async (openId, message) =>
      sentOf(await post("/cgi-bin/message/custom/send", { touser: openId, ...message })),
    createMenu: async (menu) => sentOf(await post("/cgi-bin/menu/create", menu)),
    download: api.download,
    async sendNotice(notice) {
      const template = await templateOf(api, notice.templateId);
      if (template.kind === "refused") return template;
      const data = dataOf(template.fields, notice.fieldValue);
      if (!data) return { kind: "refused", code: 47_003, why: "the template has fields that no news fits into" };
      const { openId: touser, templateId: template_id, url, key } = notice;
      const base = { touser, template_id, data };
      return sentOf(
        template.kind === "template"
          ? await post("/cgi-bin/message/template/send", { ...base, url, client_msg_id: key.slice(0, 32) })
          : await post("/cgi-bin/message/subscribe/bizsend", { ...base, page: url }),
      );
    },
  };
}

type Template = { kind: "template" | "subscription"; fields: string[] } | Refused;

/** The account's template of that id, among 模板消息 or else among 订阅通知. */
async function templateOf({ get, subscriptionFields }: WechatApi, id: string): Promise<Template> {
  const own = await get("/cgi-bin/template/get_all_private_template");
  const list = own.kind === "answered" ? (templates.safeParse(own.value).data?.template_list ?? []) : [];
  const template = list.find((each) => each.template_id === id);
  if (template) return { kind: "template", fields: fieldsOf(template.content) };
  const subscribed = await subscriptionFields(id);
  if (subscribed.kind === "refused") return subscribed;
  if (subscribed.fields) return { kind: "subscription", fields: subscribed.fields };
  return { kind: "refused", code: 40_037, why: "the account has no template of the id in WECHAT_TEMPLATE_ID" };
}
