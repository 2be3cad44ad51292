import { createSessions, type Sessions } from "./protocol/session.ts";
import { createTickets, type Tickets } from "./protocol/tickets.ts";
import type { Transport } from "./protocol/transport.ts";
import { words } from "./words.ts";
import { createWxTransport } from "./wx-transport.ts";

/** What all pages share. */
export interface Services {
  server: string;
  transport: Transport;
  sessions: Sessions;
  tickets: Tickets;
}

export interface JiesuApp {
  services: Services;
}

export function createServices(): Services {
  const transport = createWxTransport();
  const sessions = createSessions(transport, __SERVER__);
  return { server: __SERVER__, transport, sessions, tickets: createTickets(transport, sessions, __SERVER__) };
}

/**
 * Asks once whether news may be told by a notice ("wx.requestSubscribeMessage"), and reports the answer. Only in answer to a tap:
 * the platform shows nothing otherwise.
 */
export async function askForNotices({ tickets }: Services, templateIds: string[]): Promise<void> {
  const answer = await new Promise<Record<string, unknown>>((resolve) => {
    wx.requestSubscribeMessage({
      tmplIds: templateIds,
      success: (result) => resolve({ ...result }),
      fail: () => resolve({}),
    });
  });
  const isAccepted = Object.values(answer).includes("accept");
  let said: string = isAccepted ? words.notified : words.notifyRefused;
  try {
    await tickets.allow(answer);
  } catch {
    said = words.notifyFailed;
  }
  wx.showToast({ title: said, icon: "none", duration: 3_000 });
}
