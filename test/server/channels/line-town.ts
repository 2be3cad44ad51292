import { expect } from "vitest";
import { type LineHost, startLineHost } from "../../fakes/line-host.ts";
import { createLinePlatform, LINE_SECRET, type LineEvent, type LinePlatform } from "../../fakes/line-platform.ts";
import { hears, openTown, type Town } from "./town.ts";

/** The whole server with LINE switched on, a stand-in for the platform's API, and the platform that posts to it. */
export interface LineTown extends Town {
  host: LineHost;
  platform: LinePlatform;
  webhook: string;
  /** Delivers an event, or words of a citizen; the webhook answers 200. */
  deliver(...events: LineEvent[]): Promise<void>;
  say(userId: string, text: string): Promise<void>;
  /** All that somebody, or a group, has been shown, oldest first. */
  heard(to: string): string[];
  /** Waits until something that fits is shown, and answers it. */
  hears(to: string, pattern: RegExp): Promise<string>;
}

export async function openLineTown(): Promise<LineTown> {
  const host = await startLineHost();
  const base = await openTown({
    channel: "line",
    host,
    env: {
      LINE_CHANNEL_ACCESS_TOKEN: host.accessToken,
      LINE_CHANNEL_SECRET: LINE_SECRET,
      LINE_API_BASE: `${host.url}/`,
    },
  });

  const town: LineTown = {
    ...base,
    host,
    get webhook() {
      return base.at("/webhooks/line");
    },
    get platform() {
      return createLinePlatform({ webhook: town.webhook, host });
    },
    async deliver(...events) {
      expect((await town.platform.post(events)).status).toBe(200);
    },
    say: (userId, text) => town.deliver(town.platform.say(userId, text)),
    heard: (to) => host.seen.filter((each) => each.to === to).map(({ text }) => text),
    hears: (to, pattern) => hears(() => town.heard(to), pattern),
  };
  return town;
}
