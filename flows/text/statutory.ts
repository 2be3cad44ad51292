import type { OutboundMessage, StatutoryMatter } from "../../bots/model/index.ts";

/** The channel that the law names for the matter, and how to reach it. */
const CHANNELS: Record<StatutoryMatter, string> = {
  discipline:
    "反映党员、公职人员违纪违法的问题，由纪检监察机关受理，12345 不能代收（《纪检监察机关处理检举控告工作规则》）。请拨打 12388，或到 12388 举报网站、当地纪委监委信访接待场所反映，可以实名，也可以匿名。",
  disclosure:
    "申请政府信息公开，要直接向掌握信息的行政机关提出，12345 不能代收（《政府信息公开条例》第二十九条）。可以用信函、到现场，或者在该机关网站的“依申请公开”栏目提交，写明姓名、联系方式和所需信息的内容。",
  litigation:
    "已经或应当通过诉讼、仲裁、行政复议解决的事项，由法院、仲裁委员会或者行政复议机关处理，12345 不能受理也不能干预。诉讼问题请拨打 12368，劳动仲裁请联系仲裁委员会，行政复议请联系复议机关；需要法律帮助可拨打 12348。",
  petition:
    "已经进入信访程序的事项，由受理的机关继续办理，12345 不重复受理（《信访工作条例》）。请向受理机关查询进度；对处理意见不服的，可以自收到之日起三十日内向上一级机关申请复查。",
  secret:
    "请不要在这里发送可能涉及国家秘密的内容。涉密事项请当面向有权受理的机关反映；危害国家安全的线索请拨打 12339。",
};

export const statutoryWords = {
  channel: (matter: StatutoryMatter, canGoOn: boolean): OutboundMessage[] => [
    canGoOn
      ? {
          kind: "choices",
          text: `${CHANNELS[matter]}\n您要反映的如果不是这类事项，可以继续登记。`,
          choices: [{ id: "intake/anyway", label: "不是这类，继续登记" }],
        }
      : { kind: "text", text: CHANNELS[matter] },
  ],
};
