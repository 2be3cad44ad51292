import { DeliveryError } from "../../bots/errors.ts";

/** The platform will not do it, now or later, until something changes that is not ours. `why` may be shown to staff. */
export interface Refused {
  kind: "refused";
  code: number;
  why: string;
}

/** What staff and operators have to know of the codes that are to be expected ("全局返回码", 微信官方文档). */
const FOR_GOOD: Record<number, string> = {
  40003: "the citizen is not known to this account",
  40007: "the file is not to be had any more",
  40008: "this kind of message is not allowed to the account",
  40037: "the template of WECHAT_TEMPLATE_ID or MINI_PROGRAM_TEMPLATE_ID is not known to the account",
  43004: "the citizen does not follow the account",
  43019: "the citizen has been put on the account's black list",
  43101: "the citizen has not subscribed to this kind of notice",
  45015: "the 48 hours after the citizen's last message are over",
  45047: "the messages that are allowed after the citizen's last one are used up",
  47003: "the words do not fit into the fields of the template (argument invalid)",
  48001:
    "the account is not allowed to do this; it has to be certified (认证), or the permission has to be applied for",
  48002: "the citizen refuses messages of the account",
};

const BEIJING_MS = 8 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** Daily quotas begin anew at midnight in Beijing. */
function untilTomorrowMs(now: Date): number {
  return DAY_MS - ((now.getTime() + BEIJING_MS) % DAY_MS);
}

/** What an `errcode` other than 0 means: answers a refusal for good, throws a retryable DeliveryError where time helps. */
export function refusalOf(code: number, now: Date): Refused {
  const later = (what: string, retryAfterMs?: number) =>
    new DeliveryError(`wechat: ${what} (${code})`, { retryable: true, retryAfterMs });
  switch (code) {
    case -1:
      throw later("the system is busy");
    case 45_009:
      throw later("the day's calls are used up; the quota can be seen and reset in the console", untilTomorrowMs(now));
    case 45_011:
      throw later("too many calls in a minute", 60_000);
    case 40_001:
    case 40_014:
    case 42_001:
      throw later("the access token is refused even when new; another server may be using the same app id", 60_000);
    default:
      return { kind: "refused", code, why: FOR_GOOD[code] ?? `the platform refuses with code ${code}` };
  }
}
