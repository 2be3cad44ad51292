import type { CreditCodeCheck } from "../../bots/credit-code.ts";
import type { OutboundMessage } from "../../bots/model/index.ts";

const WRONG = {
  length: (length: number) => `统一社会信用代码应为 18 位，您写的是 ${length} 位。`,
  character: () => "统一社会信用代码只用数字和大写字母，不用 I、O、S、V、Z，请看看是不是写错了字母。",
  "check-digit": () => "这个统一社会信用代码的校验位对不上，可能有一位写错了。",
};

export const enterpriseWords = {
  welcome: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "您好，这里是企业服务专线。政策问题可以直接问；企业遇到的困难、诉求走绿色通道，核对企业名称和统一社会信用代码后派给负责的部门。",
      choices: [
        { id: "intake/enterprise", label: "提交企业诉求" },
        { id: "question/ask", label: "咨询惠企政策" },
        { id: "progress/mine", label: "查进度" },
      ],
    },
  ],
  askName: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "请写企业名称（营业执照上的全称），信用代码也可以一起写。",
      choices: [{ id: "intake/personal", label: "我是个人，不是企业" }],
    },
  ],
  askCode: (): OutboundMessage[] => [
    {
      kind: "choices",
      text: "请写 18 位统一社会信用代码，营业执照上有。手边没有可以先跳过，单位核实时再补。",
      choices: [{ id: "intake/no-code", label: "先跳过" }],
    },
  ],
  wrongCode: (checked: Extract<CreditCodeCheck, { kind: "wrong" }>): OutboundMessage[] => [
    { kind: "text", text: WRONG[checked.why](checked.length) },
  ],
};
