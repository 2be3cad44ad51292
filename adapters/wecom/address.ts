import type { ConversationRef } from "../../bots/model/index.ts";

/**
 * Who speaks, and by which of the two ways in: a member of the organisation in the self-built app (自建应用), or anybody with
 * WeChat at an account of 微信客服. The same person has another id in each.
 */
export type Address = { kind: "app"; userId: string } | { kind: "kf"; openKfId: string; externalUserId: string };

/** A member's account: 1 to 64 bytes of letters, digits and `_-@.` ("创建成员"). */
export const isMemberId = (text: string): boolean => /^[\w@.-]{1,64}$/.test(text);
/** Ids that the platform makes: open_kfid, external_userid, media ids are of such characters. */
export const isPlatformId = (text: string): boolean => /^[\w-]{1,128}$/.test(text);

/** A citizen at two accounts of 微信客服 holds two conversations under one user id. */
export function refOf(address: Address): ConversationRef {
  if (address.kind === "app") {
    const id = `app:${address.userId}`;
    return { channel: "wecom", conversationId: id, userId: id };
  }
  const { openKfId, externalUserId } = address;
  return { channel: "wecom", conversationId: `kf:${openKfId}:${externalUserId}`, userId: `kf:${externalUserId}` };
}

/** Undefined for a conversation that this channel has not made. */
export function addressOf({ conversationId }: Pick<ConversationRef, "conversationId">): Address | undefined {
  const [kind, first, second, ...more] = conversationId.split(":");
  if (more.length > 0 || !first) return undefined;
  if (kind === "app" && second === undefined) return { kind, userId: first };
  return kind === "kf" && second ? { kind, openKfId: first, externalUserId: second } : undefined;
}
