import type { Account, ChannelName, Choice, OutboundMessage } from "../../bots/model/index.ts";
import { CHANNEL_LABELS } from "./labels.ts";

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];

const YES: Choice = { id: "accounts/yes", label: "确认关联" };
const NO: Choice = { id: "accounts/no", label: "不关联" };

/** A Latin name has room around it. */
function named(channel: ChannelName): string {
  const label = CHANNEL_LABELS[channel];
  return /^\w+$/.test(label) ? ` ${label} ` : label;
}

/** "微信公众号、Telegram", each once. */
const channelsOf = (accounts: Account[]): string =>
  [...new Set(accounts.map(({ channel }) => CHANNEL_LABELS[channel]))].join("、");

/** One person, several channels: what is said about linking accounts. Of the other side never more than the channel before proof. */
export const accountWords = {
  offer: (code: string, minutes: number, link: string | undefined): OutboundMessage[] => [
    {
      kind: "text",
      text: `关联以后，您在两边都能查到自己的诉求、收到进展。请在 ${minutes} 分钟内到另一边的对话里发送关联码：${code}\n只能用一次，不要给别人。`,
    },
    ...(link === undefined
      ? []
      : [
          {
            kind: "link" as const,
            text: "另一边是网页的话，在那台手机或电脑上打开也行。",
            title: "打开网页关联",
            url: link,
          },
        ]),
  ],
  linkedWith: (others: Account[]): OutboundMessage[] =>
    text(`您已经关联了 ${channelsOf(others)} 上的账号。要解除，回复“解除关联”。`),
  tooManyOffers: (): OutboundMessage[] => text("关联码要得太频繁了，请过一小时再试。之前的诉求不受影响。"),

  ask: (channel: ChannelName): OutboundMessage[] => [
    {
      kind: "choices",
      text: `这个码来自${named(channel)}上的一个账号。关联以后，在两边都能查看、催办、撤回您的诉求，也都会收到进展。码是您本人要来的才能确认；别人给您的码，请不要关联。`,
      choices: [YES, NO],
    },
  ],
  linked: (channel: ChannelName): OutboundMessage[] => [
    {
      kind: "choices",
      text: `已关联${named(channel)}上的账号。两边的诉求和进展，现在在哪边都能看到。要解除，回复“解除关联”。`,
      choices: [{ id: "progress/mine", label: "我的工单" }],
    },
  ],
  /** To the other accounts. */
  tellLinked: (channel: ChannelName): OutboundMessage => ({
    kind: "text",
    text: `您的账号已与${named(channel)}上的一个账号关联；如非本人操作，回复“解除关联”。`,
  }),
  notLinked: (): OutboundMessage[] => text("好的，没有关联。"),
  leftOpen: (): OutboundMessage[] => text("好的，先不关联。"),

  unusable: (): OutboundMessage[] =>
    text("这个关联码现在用不了，可能是输错了、过期了或已经用过。请在另一边重新说“关联账号”，再把新的码发给我。"),
  tooManyMisses: (): OutboundMessage[] =>
    text("试的次数太多了，请过一小时再试。您的诉求不受影响，照常可以查、可以办。"),
  ownCode: (): OutboundMessage[] => text("这是您自己的关联码，请到另一边的对话里发送。"),
  linkedAlready: (channel: ChannelName): OutboundMessage[] =>
    text(`您和${named(channel)}上的那个账号已经关联了，不用再关联。`),

  unlinked: (): OutboundMessage[] => text("已解除关联。这里只看得到在这里登记的诉求，另一边也一样。"),
  tellUnlinked: (channel: ChannelName): OutboundMessage => ({
    kind: "text",
    text: `您在${named(channel)}上的账号已解除关联，两边不再互相看得到诉求和进展。`,
  }),
  nothingToUnlink: (): OutboundMessage[] => text("您的账号没有关联别的账号。"),

  privateOnly: (): OutboundMessage[] => text("群里大家都看得见，关联账号请私聊我。"),
};
