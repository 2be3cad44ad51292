import { createWebAdapter, parseActivity as parseWeb } from "../../../adapters/web/index.ts";
import { renderActivity } from "../../../adapters/web/render.ts";
import { fit as reduce } from "../../../bots/fit.ts";
import { createMemoryLog } from "../../adapters/memory-log.ts";
import { AT, type Platform } from "./platform.ts";

export const web: Platform = {
  name: "web",
  channel: "web",
  payloads(turn) {
    const { capabilities } = createWebAdapter({ log: createMemoryLog(), clock: { now: () => AT } });
    const from = { id: "bot", role: "bot" } as const;
    return turn
      .flatMap((message) => reduce(message, capabilities))
      .map((part) => renderActivity(part, { from, at: AT }))
      .map(({ text = "", suggestedActions }) => ({
        words: text,
        buttons: (suggestedActions?.actions ?? []).map(({ title, value }) => ({ label: title, press: value })),
        faults: text.length > capabilities.maxTextLength ? ["text"] : [],
      }));
  },
  read(deed) {
    const fields =
      deed.kind === "say"
        ? { text: deed.text }
        : deed.kind === "press"
          ? { value: deed.button.press, channelData: { postBack: true } }
          : { channelData: { location: deed.point } };
    const parsed = parseWeb({ type: "message", ...fields }, { at: AT, maxTextLength: 10_000 });
    return parsed.kind === "spoken" ? parsed.content : undefined;
  },
};
