import { DeliveryError } from "../../bots/errors.ts";

/** The platform will not do it, now or later, until something changes that is not ours. `why` may be shown to staff. */
export interface Refused {
  kind: "refused";
  code: number;
  why: string;
}

/** What staff and operators have to know of the codes that are to be expected ("全局错误码", 企业微信开发者中心). */
const FOR_GOOD: Record<number, string> = {
  40007: "the file is not to be had any more",
  40096: "the citizen is not known to the organisation any more",
  48002: "the app is not allowed to do this; see 可调用接口的应用 of 微信客服 and the app's permissions",
  60011: "the app may not see this member; see its 可见范围",
  60111: "the member is not in the organisation any more",
  81013: "the member is not in the organisation, or outside the app's 可见范围",
  82001: "the member is outside the app's 可见范围",
  93000: "the group robot has been removed, or its key is wrong",
  95000: "the 客服账号 of this conversation is not known any more",
  95001: "the five messages after the citizen's last one are used up, or its 48 hours are over",
  95002: "the 48 hours after the citizen's last message are over",
  95004: "the 客服账号 of this conversation is not there any more",
  95013: "the conversation has been ended in 微信客服",
  95018: "the conversation is with a person in 企业微信, waits for one, or has been ended there",
};

/** An `errcode` other than 0: answers a refusal for good, throws a retryable DeliveryError where time or an operator's hand helps. */
export function refusalOf(code: number): Refused {
  const later = (what: string, retryAfterMs?: number) =>
    new DeliveryError(`wecom: ${what} (${code})`, { retryable: true, retryAfterMs });
  switch (code) {
    case -1:
      throw later("the system is busy");
    case 45_009:
    case 45_033:
      // Counted by the minute, the hour or the day ("访问频率限制"); the answer does not say which.
      throw later("too many calls for now", 60_000);
    case 60_020:
      throw later("this server's address is not allowed; add it to 企业可信IP of the app", 60_000);
    case 40_001:
    case 40_014:
    case 42_001:
      throw later("the access token is refused even when new; check WECOM_CORP_ID and WECOM_SECRET", 60_000);
    default:
      return { kind: "refused", code, why: FOR_GOOD[code] ?? `the platform refuses with code ${code}` };
  }
}

/** Why a message of 微信客服 that was taken did not arrive after all ("接收消息和事件", 消息发送失败事件). */
const FAILED: Record<number, string> = {
  1: "the 客服账号 has been deleted",
  2: "the app has been closed",
  4: "the 48 hours after the citizen's last message are over",
  5: "the conversation has been ended",
  6: "more than five messages after the citizen's last one",
  8: "the organisation is not verified",
  10: "the citizen refuses messages",
  11: "no member of the organisation has signed in to the app of 企业微信",
  12: "this kind of message is not allowed",
  13: "held back for security",
};

export const failureOf = (failType: number): string => FAILED[failType] ?? `unknown reason ${failType}`;
