import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

const conversation = z.object({ conversationId: z.string(), token: z.string() });
const activitySet = z.object({
  activities: z.array(
    z.object({
      from: z.object({ role: z.string().optional() }),
      text: z.string().optional(),
      suggestedActions: z.object({ actions: z.array(z.object({ title: z.string(), value: z.string() })) }).optional(),
    }),
  ),
});

/** What a citizen without a name answers, most wanted first; else the first that is offered. */
const ANSWERS = ["确认提交", "匿名提交", "就写这么多", "说不清地点"];
const PATIENCE = 100;

/** Another citizen files a request, by Direct Line and without a page; `joins`: to a ticket of neighbours where one is offered. */
export async function fileRequest(url: string, text: string, options: { joins?: boolean } = {}): Promise<void> {
  const answers = [options.joins ? "加入" : "不加入，单独登记", ...ANSWERS];
  const started = await fetch(`${url}/v3/directline/conversations`, { method: "POST" });
  const { conversationId, token } = conversation.parse(await started.json());
  const address = `${url}/v3/directline/conversations/${conversationId}/activities`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = (activity: object) =>
    fetch(address, { method: "POST", headers, body: JSON.stringify({ type: "message", ...activity }) });
  const heard = async () => activitySet.parse(await (await fetch(address, { headers })).json()).activities;

  await send({ text });
  let seen = 0;
  for (let look = 0; look < PATIENCE; look++) {
    const activities = await heard();
    const last = activities.at(-1);
    if (activities.some((each) => each.text?.match(/登记成功，受理编号|已加入工单/))) return;
    const actions = last?.suggestedActions?.actions ?? [];
    if (last?.from.role === "bot" && activities.length > seen && actions.length > 0) {
      seen = activities.length;
      const wanted =
        answers.map((title) => actions.find((action) => action.title === title)).find(Boolean) ?? actions[0];
      await send({ text: wanted?.title, channelData: { choiceId: wanted?.value } });
    }
    await pause(50);
  }
  throw new Error(`no number came for: ${text}`);
}
