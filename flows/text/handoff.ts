import type { AttendedWords } from "../../bots/attended.ts";
import type { Choice, HandoffEnding, OutboundMessage } from "../../bots/model/index.ts";

const TICKET: Choice = { id: "intake/start", label: "登记成工单" };
const AGAIN: Choice = { id: "handoff/again", label: "再找人工" };

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];
const choices = (words: string, list: Choice[]): OutboundMessage[] => [{ kind: "choices", text: words, choices: list }];

const place = (ahead: number): string => (ahead === 0 ? "您排在第 1 位" : `您前面还有 ${ahead} 位`);
const BY_PHONE = "着急可以拨打 12345（24 小时）。";

const BACK: Record<HandoffEnding, string> = {
  returned: "工作人员已处理完，接下来由我继续为您服务。",
  citizen: "好的，人工服务已结束，接下来由我继续为您服务。",
  silent: `抱歉，工作人员暂时没能回复，您说的都已留着。先由我接着为您服务，需要时可以再找人工；${BY_PHONE}`,
  idle: "人工服务已结束，接下来由我继续为您服务。有事随时说。",
};

/** What the bot says about people. `hours` as a citizen reads them; undefined where no operator is ever online. */
export const attendedWords = (hours: string | undefined): AttendedWords => ({
  queued: (reason, ahead) =>
    text(
      `${reason === "asked" ? "已经记下来，正在为您转工作人员" : "连着两次没明白您的意思，我请工作人员来帮您"}，${place(ahead)}。等的时候可以接着跟我说；不想等了，回复“不等了”。${BY_PHONE}`,
    ),
  stillQueued: (ahead) => text(`已经在为您转工作人员，${place(ahead)}。不想等了，回复“不等了”。${BY_PHONE}`),
  closed(reason, filling) {
    const lead = reason === "asked" ? "您想找工作人员，这一点已经记下来了。" : "连着两次没明白您的意思，很抱歉。";
    const why = hours === undefined ? "目前在线人工还没有开通" : `现在不在人工服务时间（${hours}）`;
    const ticket = filling
      ? "把这份诉求接着填完提交，工作人员会办理并回复您"
      : "把事情告诉我，登记成工单，由工作人员办理并回复您";
    const words = `${lead}${why}，您可以马上拨打 12345（24 小时）；也可以${ticket}。`;
    return filling ? text(words) : choices(words, [TICKET]);
  },
  leftQueue: () => text("好的，不转人工了，接下来由我继续为您服务。"),
  nobodyCame: (filling) =>
    filling
      ? text(`抱歉，工作人员都在忙，还在为您排队。您可以把这份诉求接着填完提交，会有人办理并回复您；${BY_PHONE}`)
      : choices(`抱歉，工作人员都在忙，还在为您排队。您也可以先登记成工单，会有人办理并回复您；${BY_PHONE}`, [TICKET]),
  arrived: (label) => text(`${label}来了，接下来由工作人员和您说，我先不插话。想回到机器人，回复“结束人工”。`),
  staffSays: (label, words) => ({ kind: "text", text: `${label}：${words}`, speaker: label }),
  back: (ending) => (ending === "silent" ? choices(BACK.silent, [AGAIN, TICKET]) : text(BACK[ending])),
});

/** For the group of those who attend; it goes to another company's server, so nothing of the citizens stands in it. */
export const waitingNotice = (count: number, url: string | undefined): string =>
  [`有 ${count} 位市民在等人工接待，请到工作台的“人工接待”里接待。`, url].filter(Boolean).join("\n");
