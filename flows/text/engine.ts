import type { Choice, Danger, OutboundMessage } from "../../bots/model/index.ts";
import type { EngineWords } from "../../bots/words.ts";

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];

const DANGER_WORDS: Record<Danger, string> = {
  fire: "您说的情况像是火情。请先离开危险的地方，马上拨打 119（火警）。",
  gas: "您说的情况像是燃气泄漏。请先开窗、关阀、离开房间，不要开关电器、不要点火，到室外再拨打 119 或燃气抢修 96777。",
  crime: "您说的情况可能危及人身安全。请先到安全的地方，马上拨打 110（报警）；不方便说话可发短信到 12110。",
  medical: "您说的情况需要急救。请马上拨打 120（急救），说清地点，并留人在现场接应。",
  traffic: "您说的是交通事故。请先到护栏外等安全的地方，拨打 122（交通事故）；有人受伤请拨打 120。",
  electric: "您说的情况有触电危险。请不要靠近，远离积水和断落的电线，马上拨打 119 或供电抢修 95598。",
  collapse: "您说的情况可能坍塌。请先远离现场，也提醒旁人，马上拨打 119；有人受伤请拨打 120。",
  suicide:
    "听到您这么说，我很担心您。您现在的感受很重要，您不必一个人扛着。请现在就拨打全国统一心理援助热线 12356（24 小时），或者让身边信任的人陪着您；如果您已经受伤或正处在危险中，请马上拨打 120 或 110。您愿意说的时候，我一直在这里。",
};

/** Whom to call, the most pressing first; one tap each where the channel can. */
const NUMBERS: Record<Danger, string[]> = {
  fire: ["119"],
  gas: ["119", "96777"],
  crime: ["110"],
  medical: ["120"],
  traffic: ["122", "120"],
  electric: ["119", "95598"],
  collapse: ["119", "120"],
  suicide: ["12356", "120"],
};

const dangerWords = (danger: Danger): OutboundMessage[] =>
  NUMBERS[danger].map((number, index) => ({
    kind: "link",
    text: index === 0 ? DANGER_WORDS[danger] : "",
    title: `拨打 ${number}`,
    url: `tel:${number}`,
  }));

/** The engine's own sentences, in the tone of the house: plain, short, respectful. */
export const engineWords: EngineWords = {
  failed: () =>
    text("抱歉，刚才系统出了点问题，没能处理这条消息。您写的内容已经保存，请稍后再发一次，或直接拨打 12345。"),
  unsupported: (what) =>
    text(
      what === "not-received"
        ? "抱歉，您发的文件没有收到，可能是太大、已经失效，或者是不支持的格式。请再发一次，或者用文字告诉我。"
        : "抱歉，我还看不懂这类消息。请用文字告诉我，或者发照片、发位置。",
    ),
  noSuchChoice: (number, offered) => text(`没有第 ${number} 项。${choiceRange(offered)}`),
  expiredChoice: () => text("这个按钮已经用过或者过期了。需要的话，回复“我的工单”查看已提交的诉求，或者直接说您的事。"),
  nothingToCancel: () => text("现在没有正在填写的内容。有问题可以直接问，有诉求可以直接说。"),
  notUnderstood: () => text("抱歉，这句我没能用上。"),
  flowChanged: (kept) =>
    text(
      kept
        ? "表单刚刚更新过，您之前说的内容都已保留。"
        : "这项服务刚刚更新过，之前没填完的内容无法接着填了，麻烦您再说一次，谢谢理解。",
    ),
  troubleToo: () => [
    {
      kind: "choices",
      text: "您说的难处我都记着。等您愿意的时候，点一下就能登记，让单位去办，不用再说一遍。",
      choices: [{ id: "intake/anyway", label: "帮我登记这件事" }],
    },
  ],
  paused: () => text("好的，先存着，说过的都留着。什么时候想接着填，说“继续”就行。"),
  nothingToPause: () => text("好的。有事随时说。"),
  continued: () => text("好，接着填。"),
  nothingToContinue: () => text("现在没有没填完的内容。有问题可以直接问，有诉求可以直接说。"),
  stillPaused: (count) => text(`您还有 ${count} 份没填完的诉求存着，说“继续”就能接着填。`),
  tooManyPaused: (limit) => text(`已经存了 ${limit} 份没填完的诉求，不能再多了。请先填完这一份，或者说“取消”放弃它。`),
  nothingSaid: () => text("我还没有说过什么。有问题可以直接问，有诉求可以直接说。"),
  danger: (danger) => dangerWords(danger),
  empty: () => text("我收到了一条空白消息。请用文字说说您的问题或诉求。"),
};

function choiceRange(offered: Choice[]): string {
  return offered.length === 1
    ? "目前只有第 1 项可选。"
    : `请回复 1 到 ${offered.length} 之间的数字，或者直接用文字说。`;
}
