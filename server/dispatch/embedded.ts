import { DispatchError } from "../../bots/errors.ts";
import type { DispatchClient } from "../../bots/ports.ts";
import type { Desk } from "../desk/desk.ts";

/** The embedded desk as the bot knows it: the same port as a city's own system. */
export function createEmbeddedDispatch(desk: Desk): DispatchClient {
  return {
    joins: true,
    submit: (request, idempotencyKey) => guarded(() => desk.submit(request, idempotencyKey)),
    act: (number, action, idempotencyKey, requestId) =>
      guarded(() => desk.act(number, action, idempotencyKey, "bot", requestId)),
    numberOf: (token) =>
      guarded(async () => {
        const number = desk.numberByKey("bot", token);
        const ticket = number === undefined ? undefined : desk.ticket(number)?.ticket;
        return ticket
          ? { kind: "accepted", number: ticket.number, acceptedAt: ticket.createdAt }
          : { kind: "refused", reason: "没有找到这次受理，请重新提交。" };
      }),
    updatesSince: (cursor) => guarded(async () => desk.updatesSince(cursor)),
  };
}

/** A file that cannot be written now (disk full, locked) is worth trying again. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new DispatchError("the embedded desk could not keep this; see its database file", { retryable: true, cause });
  }
}
