import type { OutboundMessage, SameMatter } from "../../bots/model/index.ts";
import { STATUS_LABELS, shortDay } from "./labels.ts";

type Own = Extract<SameMatter, { kind: "own" }>;
type Neighbours = Extract<SameMatter, { kind: "neighbours" }>;

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];
const NEW = { id: "intake/same/new", label: "不是同一件，登记新的" };

export const sameMatterWords = {
  own: ({ number, status, unit, since }: Own): OutboundMessage[] => [
    {
      kind: "choices",
      text: `您 ${shortDay(since)}反映过类似的事：编号 ${number}，${STATUS_LABELS[status]}${unit ? `，承办单位：${unit}` : ""}。请问这次说的是同一件事吗？是的话不用另开工单，也不用再写称呼和电话，可以催办，或者把刚写的补充进去。`,
      choices: [
        { id: "intake/same/urge", label: "催办" },
        { id: "intake/same/supplement", label: "把刚写的补充进去" },
        NEW,
      ],
    },
  ],
  ownClosed: ({ number, unit, since }: Own): OutboundMessage[] => [
    {
      kind: "choices",
      text: `您 ${shortDay(since)}反映过类似的事：编号 ${number}，已办结${unit ? `（${unit}）` : ""}。请问是同一个问题没解决好，或者又出现了吗？是的话，新工单里会注明原编号，方便单位接着办。`,
      choices: [
        { id: "intake/same/again", label: "是，注明原编号" },
        { id: "intake/same/new", label: "不是，是新的事" },
      ],
    },
  ],
  /** Nothing in it comes from what another person wrote. `where` and `what` are named by the city's own lists. */
  neighbours: ({ voices, unit, since }: Neighbours, where: string, what: string): OutboundMessage[] => [
    {
      kind: "choices",
      text: `附近已有 ${voices} 位居民反映过类似的事（${[where, what, `${shortDay(since)}起`].filter(Boolean).join("，")}），${unit ? `已由${unit}办理` : "正在派单"}。要加入这一件吗？加入后，您说的内容会一并转给承办单位，进展同样会告诉您；您的称呼和电话不会给其他居民看。`,
      choices: [
        { id: "intake/same/join", label: "加入" },
        { id: "intake/same/new", label: "不加入，单独登记" },
      ],
    },
  ],
  joining: () => text("好的，加入这一件。"),
  apart: () => text("好的，单独登记。"),
  again: (number: string) => text(`好的，会注明原编号 ${number}。`),
  added: () => text("已补充到内容里。"),
  noLongerJoined: () => text("内容改动后，这份诉求改为单独登记。"),
  urging: (number: string) =>
    text(`好的，不另开工单。您对 ${number} 的催办和刚才说的内容已经记下，正在转给承办单位，送到了再告诉您。`),
  supplementing: (number: string) =>
    text(`好的，不另开工单。您刚才说的内容已经作为 ${number} 的补充保存，正在转给承办单位，送到了再告诉您。`),
  joinRow: (voices: number) => ({ label: "工单", value: `加入附近已有的工单（另有 ${voices} 位居民反映）` }),
  followRow: (number: string) => ({ label: "原编号", value: number }),
};
