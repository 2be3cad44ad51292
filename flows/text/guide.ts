import type { Choice, OutboundMessage } from "../../bots/model/index.ts";

const START: Choice[] = [
  { id: "question/ask", label: "提问政策" },
  { id: "intake/start", label: "我要反映问题" },
  { id: "progress/mine", label: "查进度" },
];

const withStart = (text: string): OutboundMessage[] => [{ kind: "choices", text, choices: START }];

export const guideWords = {
  welcome: () =>
    withStart(
      "您好，这里是 12345 市民热线。政策问题可以直接问我，我会注明依据；身边的问题直接说就行，比如“小区垃圾三天没人清”，我来整理成工单派给能解决的单位，办理进展会在这里告诉您。",
    ),
  help: () =>
    withStart(
      "您可以这样用：\n· 问政策：直接写问题，如“居住证怎么办”。\n· 反映问题：直接说什么事、在哪里，可以发照片和位置。\n· 查进度：发“我的工单”或受理编号，可以催办、补充、撤回。\n· 企业诉求：发“企业”，走企业专线。\n· 说错了直接改，如“不对，是三单元”；没空就说“先放着”，回来说“继续”。\n· 随时可发“取消”退出，发“人工”找工作人员。\n紧急情况请直接拨打 110、119、120、122。",
    ),
  greeting: () => withStart("您好，请说您的问题或诉求，我来帮您查政策或登记工单。"),
  thanks: () => withStart("不客气，这是我们应该做的。还有什么事，随时说。"),
  farewell: () => withStart("再见，祝您一切顺利。有事随时来。"),
  whoAreYou: () =>
    withStart("我是 12345 市民热线的智能助手，能查政策、登记诉求、查办理进度。我不是真人，答不准的会转给工作人员。"),
  calm: () =>
    withStart(
      "我理解您可能正着急、有气。您有什么事，直接告诉我，我一字不漏地转给负责的单位；想找工作人员，说“转人工”。",
    ),
  noneOfThem: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "好的，那我把您的问题转成工单，由工作人员答复您，行吗？也可以换个说法再问一次。",
      choices: [{ id: "intake/question", label: "转工单，请人答复" }],
    },
  ],
  other: () => withStart("这个我帮不上忙，我主要回答政策问题、登记身边的诉求。您有这方面的事要办吗？"),
  unclear: () => withStart("没太明白您的意思。您是想问政策，还是要反映问题？直接说具体的事就行。"),
  nothingToConfirm: () => withStart("现在没有等您确认的内容。有事请直接说。"),
} satisfies Record<string, () => OutboundMessage[]>;
