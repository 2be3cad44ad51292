import { search } from "./call.ts";
import { createKnowledgeApi, type KnowledgeApi } from "./knowledge/api.ts";
import type { DeskAction, DeskUnit, StaffUser, TicketDetail, TicketPage } from "./model.ts";
import { createReceptionApi, type ReceptionApi } from "./reception/api.ts";
import type { UndeliveredLine } from "./undelivered/model.ts";

/** `message` is a sentence for the person at the desk. `status` 0: the server was not reached. */
class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** What the server sent with it. */
  readonly body: unknown;

  constructor(status: number, message: string, body?: unknown) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

export interface TicketQuery {
  unit?: string;
  state: string;
  query?: string;
  page: number;
  pageSize: number;
}

export interface StaffApi {
  /** undefined when nobody is signed in. */
  whoAmI(): Promise<StaffUser | undefined>;
  signIn(credentials: { username: string; password: string }): Promise<StaffUser>;
  signOut(): Promise<void>;
  units(query: string, signal?: AbortSignal): Promise<DeskUnit[]>;
  tickets(query: TicketQuery, signal?: AbortSignal): Promise<TicketPage>;
  ticket(number: string, signal?: AbortSignal): Promise<TicketDetail>;
  act(number: string, action: DeskAction): Promise<void>;
  reception: ReceptionApi;
  /** What did not reach citizens, the newest first. */
  undelivered(signal?: AbortSignal): Promise<UndeliveredLine[]>;
  knowledge: KnowledgeApi;
}

const UNREACHED = "暂时连接不上服务器，请检查网络后再试。您填写的内容还在。";
const UNKNOWN = "操作没有成功，请稍后再试。您填写的内容还在。";

/** The session travels in an HttpOnly cookie; script never keeps the token. `onExpired` is told of every 401 but sign-in's own. */
export function createStaffApi(options: { fetch: typeof fetch; onExpired: () => void }): StaffApi {
  async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    let response: Response;
    try {
      response = await options.fetch(`/api${path}`, { method, ...sent(body), signal });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiError(0, UNREACHED);
    }
    const value = await response.json().catch(() => undefined);
    if (response.ok) return value as T;
    if (response.status === 401 && path !== "/session") options.onExpired();
    throw new ApiError(response.status, value?.error?.message ?? UNKNOWN, value);
  }

  return {
    async whoAmI() {
      try {
        const reply = await call<{ user?: StaffUser } & Partial<StaffUser>>("GET", "/session");
        return reply?.user;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return undefined;
        throw error;
      }
    },
    signIn: async (credentials) => (await call<{ user: StaffUser }>("POST", "/session", credentials)).user,
    signOut: () => call("DELETE", "/session"),
    units: async (query, signal) =>
      (await call<{ units: DeskUnit[] }>("GET", `/desk/units${search({ query })}`, undefined, signal)).units,
    tickets: (query, signal) => call("GET", `/desk/tickets${search({ ...query })}`, undefined, signal),
    async ticket(number, signal) {
      const path = `/desk/tickets/${encodeURIComponent(number)}`;
      const reply = await call<TicketDetail | { ticket: TicketDetail }>("GET", path, undefined, signal);
      return "ticket" in reply ? reply.ticket : reply;
    },
    async act(number, action) {
      const body = action.kind === "accept" ? {} : { text: action.text };
      await call("POST", `/desk/tickets/${encodeURIComponent(number)}/${action.kind}`, body);
    },
    reception: createReceptionApi(call),
    undelivered: async (signal) =>
      (await call<{ undelivered: UndeliveredLine[] }>("GET", "/undelivered", undefined, signal)).undelivered,
    knowledge: createKnowledgeApi(call),
  };
}

/** A form with a file goes as it is, everything else as JSON. */
function sent(body: unknown): Pick<RequestInit, "body" | "headers"> {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

/** What went wrong, as a sentence. */
export const sentenceOf = (error: unknown): string => (error instanceof ApiError ? error.message : UNKNOWN);

/** What came with a refusal, where it was one. */
export const refusalBody = (error: unknown): unknown => (error instanceof ApiError ? error.body : undefined);

/** Not there, or not this person's (any more): asking again does not help. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && [403, 404, 409].includes(error.status);
