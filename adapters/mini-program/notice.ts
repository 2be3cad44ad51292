import { DeliveryError, isRetryable } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import type { Citizens } from "./citizens.ts";
import type { MiniProgramClient } from "./client.ts";

export interface NoticeParts {
  client: Pick<MiniProgramClient, "sendNotice">;
  citizens: Citizens;
  clock: Clock;
  templateId?: string;
  /** For a field of the template; undefined when nothing fits. */
  noticeField(field: string, ticket: string, at: Date): string | undefined;
}

/** `none`: nothing was allowed, so nothing was tried. `failed`: for the operators to read. */
export type Noticed = { kind: "sent" } | { kind: "none" } | { kind: "failed"; why: string };

/** Shorter than anybody waits in the lane behind it. */
const AGAIN_MS = [300, 1_200];

/** The ticket's page in the mini-program, as its client knows it. */
const pageOf = (ticket: string): string => `pages/ticket/ticket?number=${encodeURIComponent(ticket)}`;

/**
 * A one-time subscription message ("小程序订阅消息" subscribeMessage.send) that leads to the ticket, with one of the permissions that the
 * citizen has given (wx.requestSubscribeMessage). Never throws what is retryable: the words themselves are kept elsewhere, and
 * nothing that is said later may wait for this.
 */
export function createNotices({ client, citizens, clock, templateId, noticeField }: NoticeParts) {
  return async function tell(userId: string, ticket: string, key: string): Promise<Noticed> {
    if (citizens.wasNoticed(key)) return { kind: "sent" };
    const openId = citizens.openIdOf(userId);
    if (!templateId || !openId || citizens.permissions(userId, templateId) === 0) return { kind: "none" };
    const fieldValue = (field: string) => noticeField(field, ticket, clock.now());
    const send = () => client.sendNotice({ openId, templateId, page: pageOf(ticket), fieldValue });
    const sent = await patiently(send);
    if (sent.kind === "sent") await citizens.used(userId, templateId, key);
    if (sent.kind === "refused" && sent.code === 43_101) await citizens.forbid(userId, templateId);
    return sent.kind === "sent" ? sent : { kind: "failed", why: `${sent.why} (${sent.code})` };
  };
}

type Sent = Awaited<ReturnType<MiniProgramClient["sendNotice"]>>;

async function patiently(send: () => Promise<Sent>): Promise<Sent> {
  for (const waitMs of [...AGAIN_MS, undefined]) {
    try {
      return await send();
    } catch (error) {
      const isLater = error instanceof DeliveryError && (error.retryAfterMs ?? 0) > 0;
      if (!isRetryable(error)) throw error;
      if (waitMs === undefined || isLater) return { kind: "refused", code: -1, why: reasonOf(error) };
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  throw new Error("the last attempt always ends");
}

const reasonOf = (error: unknown): string => (error instanceof DeliveryError ? error.message : "the platform failed");
