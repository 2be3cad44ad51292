import { bodyOf, CallError, listOf, membersOf, type Transport, textOf } from "./transport.ts";

export interface Session {
  token: string;
  conversationId: string;
  templateIds: string[];
}

export interface Sessions {
  /** One that is good now; signs in where there is none. The same citizen always gets the same conversation. */
  get(): Promise<Session>;
  /** Asks with the session; a refused token is replaced and the question put once more. */
  authorized<T>(ask: (session: Session) => Promise<T>): Promise<T>;
}

/** A token is renewed when this share of its life is over. */
const RENEW_SHARE = 0.7;
const REFUSED = [401, 403];

/** Signs in with wx.login ("小程序登录"): nothing is kept on the telephone, for the platform knows who holds it. */
export function createSessions(transport: Transport, server: string): Sessions {
  let held: (Session & { renewAt: number }) | undefined;
  let underWay: Promise<Session> | undefined;

  function hold(body: unknown, before?: Session): Session {
    const members = membersOf(body);
    const token = textOf(members.token);
    const conversationId = textOf(members.conversationId) ?? before?.conversationId;
    if (token === undefined || conversationId === undefined) throw new CallError(502);
    const templateIds = before?.templateIds ?? listOf(members.templateIds).flatMap((id) => textOf(id) ?? []);
    const lifeMs = (Number(members.expires_in) || 1_800) * 1000;
    held = { token, conversationId, templateIds, renewAt: transport.now() + lifeMs * RENEW_SHARE };
    return held;
  }

  async function signIn(): Promise<Session> {
    const code = await transport.login().catch(() => {
      throw new CallError(0);
    });
    return hold(
      await bodyOf(transport.request({ method: "POST", url: `${server}/api/mini-program/session`, json: { code } })),
    );
  }

  async function renew(current: Session): Promise<Session> {
    const url = `${server}/v3/directline/tokens/refresh`;
    try {
      return hold(await bodyOf(transport.request({ method: "POST", url, token: current.token })), current);
    } catch (error) {
      if (error instanceof CallError && REFUSED.includes(error.status)) return signIn();
      throw error;
    }
  }

  async function get(): Promise<Session> {
    if (held && transport.now() < held.renewAt) return held;
    underWay ??= (held ? renew(held) : signIn()).finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  return {
    get,
    async authorized(ask) {
      const session = await get();
      try {
        return await ask(session);
      } catch (error) {
        if (!(error instanceof CallError && REFUSED.includes(error.status))) throw error;
        if (held?.token === session.token) held = undefined;
        return ask(await get());
      }
    },
  };
}
