import { APP_ID } from "./bot-framework-host.ts";

export type Activity = Record<string, unknown> & { id: string; channelId: string };

const TENANT = "72f988bf-0000-4000-8000-2d7cd011db47";
let counted = 1_600_000_000_000;
const freshActivityId = (): string => String(++counted);

/** The bot as each channel calls it. */
export const botIn = (channelId: string): string => (channelId === "msteams" ? `28:${APP_ID}` : "jiesu-bot");

/** An activity in a private chat of Teams, in the shape that Teams posts. */
export function teamsActivity(user: string, serviceUrl: string, fields: object): Activity {
  return {
    id: freshActivityId(),
    type: "message",
    timestamp: new Date().toISOString(),
    localTimezone: "Asia/Shanghai",
    channelId: "msteams",
    serviceUrl,
    from: { id: `29:${user}`, name: "王小明", aadObjectId: "c0ffee00-0000-4000-8000-000000000001" },
    conversation: { conversationType: "personal", tenantId: TENANT, id: `a:chat-of-${user}` },
    recipient: { id: botIn("msteams"), name: "接诉即办" },
    entities: [{ locale: "zh-CN", country: "CN", platform: "Windows", timezone: "Asia/Shanghai", type: "clientInfo" }],
    channelData: { tenant: { id: TENANT } },
    locale: "zh-CN",
    ...fields,
  };
}

/** In a channel of a team, or in a group chat. */
export function teamsGroupActivity(user: string, serviceUrl: string, text: string, mentions: boolean): Activity {
  const mention = { type: "mention", mentioned: { id: botIn("msteams"), name: "接诉即办" }, text: "<at>接诉即办</at>" };
  return teamsActivity(user, serviceUrl, {
    text: mentions ? `<at>接诉即办</at> ${text}` : text,
    textFormat: "plain",
    attachments: [{ contentType: "text/html", content: `<div>${text}</div>` }],
    conversation: { isGroup: true, conversationType: "channel", tenantId: TENANT, id: "19:c@thread.tacv2;messageid=1" },
    entities: mentions ? [mention] : [],
  });
}

/** As Web Chat, Direct Line, the Emulator and other messengers post. */
export function plainActivity(channelId: string, conversation: string, serviceUrl: string, fields: object): Activity {
  return {
    type: "message",
    id: `${conversation}|${freshActivityId()}`,
    timestamp: new Date().toISOString(),
    channelId,
    serviceUrl,
    from: { id: "dl_someone", name: "You", role: "user" },
    conversation: { id: conversation },
    recipient: { id: botIn(channelId), name: "接诉即办", role: "bot" },
    locale: "zh-CN",
    ...fields,
  };
}

/** What Teams posts when a button of a card is pressed whose data names a messageBack. */
export function teamsPress(user: string, serviceUrl: string, data: unknown): Activity {
  const { msteams } = data as { msteams: { text: string; value: unknown } };
  return teamsActivity(user, serviceUrl, { text: msteams.text, value: msteams.value, replyToId: "1" });
}

/** What Web Chat posts for the same button: all of the data, and no words. */
export const webChatPress = (conversation: string, serviceUrl: string, data: unknown): Activity =>
  plainActivity("webchat", conversation, serviceUrl, { value: data, channelData: { postBack: true } });
