import type { OutboundMessage } from "../../bots/model/index.ts";
import { excerpt } from "./labels.ts";

export const emergencyWords = {
  offer: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "请先打电话、先保证人的安全。要不要同时登记一件应急工单？单位会在 2 小时内响应。直接说地点和情况也行。",
      choices: [
        { id: "emergency/file", label: "登记应急工单" },
        { id: "emergency/no", label: "不用，我先打电话" },
      ],
    },
  ],
  declined: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "好的，请先处理眼前的险情，注意安全。之后要登记，点下面就行，说过的不用再说。",
      choices: [{ id: "intake/anyway", label: "现在登记" }],
    },
  ],
  recap: (said: string): OutboundMessage[] => [{ kind: "text", text: `您说过的险情：${excerpt(said, 80)}` }],
  explain: (): OutboundMessage[] => [
    {
      kind: "text",
      text: "电话能最快叫到救援；应急工单是让属地和有关单位同时知道，2 小时内响应，后面的修复、安置也有人跟着办。",
    },
  ],
} satisfies Record<string, (...words: never[]) => OutboundMessage[]>;
