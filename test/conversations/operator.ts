import { expect } from "vitest";
import type { Attention } from "../../server/handoff/reception.ts";
import type { StaffUser } from "../../server/staff/account.ts";
import { check, type Line, type Talk } from "./transcript.ts";

/** Made-up operators. */
export const wang: StaffUser = { username: "wang", name: "王芳", role: "operator" };
export const liu: StaffUser = { username: "liu", name: "刘洋", role: "operator" };

let keys = 0;

/** The newest hand-off of the citizen of this talk. */
export async function handoffOf({ house, from }: Talk): Promise<string> {
  const { open } = await house.reception.queue(wang);
  const found = open.find(({ handoff }) => handoff.from.conversationId === from.conversationId);
  if (!found) expect.fail("the conversation does not stand in the queue");
  return found.handoff.id;
}

export const inQueue = async ({ house, from }: Talk): Promise<number> =>
  (await house.reception.queue(wang)).open.filter(({ handoff }) => handoff.from.conversationId === from.conversationId)
    .length;

/** Looks at the conversation as the operator who has taken it. */
export async function seenBy(talk: Talk, user: StaffUser): Promise<Attention> {
  const read = await talk.house.reception.read(user, await handoffOf(talk));
  if (read.kind !== "shown") expect.fail(`${user.username} may not see it: ${read.kind}`);
  return read.attention;
}

/** Something an operator does; what the bot says to it counts as new. */
function deed(act: (talk: Talk, id: string) => Promise<{ kind: string }>): Line {
  return check(async (talk) => {
    await talk.house.idle();
    const outcome = await act(talk, await handoffOf(talk));
    expect(outcome.kind).toBe("done");
    await talk.listen();
  });
}

export const takes = (user: StaffUser): Line => deed(({ house }, id) => house.reception.take(user, id));

export const says = (user: StaffUser, text: string): Line =>
  deed(({ house }, id) => house.reception.say(user, id, { key: `k${++keys}`, text }));

export const handsBack = (user: StaffUser, note?: string): Line =>
  deed(({ house }, id) => house.reception.giveBack(user, id, note));

/** Writes a new value into the row with this label. */
export function mends(user: StaffUser, label: string, value: string): Line {
  return check(async (talk) => {
    const { handoff, form } = await seenBy(talk, user);
    const row = form?.rows.find((each) => each.label === label);
    if (!row) expect.fail(`the form has no row ${label}`);
    const change = { key: `k${++keys}`, name: row.name, was: row.value, value };
    expect((await talk.house.reception.edit(user, handoff.id, change)).kind).toBe("done");
  });
}

/** The clock does what is due. */
export const sweep: Line = check(async (talk) => {
  await talk.house.idle();
  await talk.house.reception.sweep();
  await talk.listen();
});
