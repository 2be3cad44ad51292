import type { Outgoing } from "./outgoing.ts";
import type { ConversationRecord } from "./record.ts";
import { DirectLineError, type Requests } from "./request.ts";
import type { Session, Ticket } from "./session.ts";
import { fieldsOf, readActivitySet, textOf } from "./wire.ts";

/** What is asked of the server within a conversation. */
export interface Calls {
  /** Polls until nothing is left, page by page. */
  catchUp(): Promise<void>;
  /** Address of a stream that goes on from what was taken last; undefined when the server offers none. */
  streamUrl(): Promise<string | undefined>;
  deliver(item: Outgoing, onProgress: (share: number) => void): Promise<void>;
}

/** A display name only; who the visitor is, the server knows by its own cookie. */
const USER_ID = "visitor";
const from = { id: USER_ID, role: "user" };

export function createCalls(options: {
  requests: Requests;
  session: Session;
  record: ConversationRecord;
  take(reply: unknown): void;
}): Calls {
  const { requests, session, record, take } = options;

  /** A refused token is replaced and the request made once more. */
  async function authorized<T>(work: (ticket: Ticket) => Promise<T>): Promise<T> {
    const ticket = await session.ticket();
    try {
      return await work(ticket);
    } catch (error) {
      if (!(error instanceof DirectLineError) || ![401, 403, 404].includes(error.status)) throw error;
      session.reject(ticket.token);
      return work(await session.ticket());
    }
  }

  /** GET of the conversation, or of what is below it, from the current watermark on. */
  const read = (below: string) =>
    authorized(({ conversationId, token }) => {
      const path = `${pathOf(conversationId)}${below}?watermark=${encodeURIComponent(record.watermark())}`;
      return requests.call({ method: "GET", path, token });
    });

  return {
    async catchUp() {
      for (let more = true; more; ) {
        const asked = record.watermark();
        const reply = await read("/activities");
        take(reply);
        more = readActivitySet(reply).activities.length > 0 && record.watermark() !== asked;
      }
    },
    streamUrl: async () => textOf(fieldsOf(await read("")).streamUrl),
    async deliver(item, onProgress) {
      const activity = { ...item.activity, from, locale: "zh-CN", localTimestamp: item.queuedAt };
      await authorized(({ conversationId, token }) => {
        const path = pathOf(conversationId);
        if (item.file === undefined) {
          return requests.call({ method: "POST", path: `${path}/activities`, token, json: activity });
        }
        const form = new FormData();
        form.append("activity", new Blob([JSON.stringify(activity)], { type: "application/vnd.microsoft.activity" }));
        form.append("file", item.file, item.file.name);
        return requests.upload({ path: `${path}/upload?userId=${USER_ID}`, token, form, onProgress });
      });
    },
  };
}

const pathOf = (conversationId: string) => `/conversations/${encodeURIComponent(conversationId)}`;
