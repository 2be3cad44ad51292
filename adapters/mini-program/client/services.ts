import { type Chat, createChat } from "./protocol/chat.ts";
import { createSessions, type Sessions } from "./protocol/session.ts";
import { createTickets, type Tickets } from "./protocol/tickets.ts";
import { words } from "./words.ts";
import { createWxTransport } from "./wx-transport.ts";

/** What all pages share. */
export interface Services {
  server: string;
  sessions: Sessions;
  tickets: Tickets;
  /** One for the whole mini-program, or two would write over each other what waits to be sent. */
  chat: Chat;
  /** Called after every change of the chat; the page that shows it puts itself here. */
  onChat?: () => void;
}

export interface JiesuApp {
  services: Services;
}

export function createServices(): Services {
  const transport = createWxTransport();
  const sessions = createSessions(transport, __SERVER__);
  const onChange = () => services.onChat?.();
  const services: Services = {
    server: __SERVER__,
    sessions,
    tickets: createTickets(transport, sessions, __SERVER__),
    chat: createChat({ transport, sessions, server: __SERVER__, words, onChange }),
  };
  return services;
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
