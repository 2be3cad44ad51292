import { DispatchError } from "../../bots/errors.ts";
import type { CitizenAction, Request, TicketUpdate } from "../../bots/model/index.ts";
import type { DispatchClient, Submission } from "../../bots/ports.ts";

export interface FakeDispatch extends DispatchClient {
  /** How it behaves from now on. "deaf": files the request, but its answer never arrives. */
  mood: "well" | "down" | "deaf" | "refusing" | "tokens";
  /** Requests by ticket number: what it has really taken. */
  filed: Map<string, Request>;
  acts: { number: string; action: CitizenAction }[];
  tell(update: TicketUpdate): void;
}

/** A dispatch system of another make that keeps to the port's promises: the same key never becomes a second ticket. */
export function createFakeDispatch(): FakeDispatch {
  const numbers = new Map<string, string>();
  const tokens = new Map<string, string>();
  const updates: TicketUpdate[] = [];

  function take(request: Request, key: string): string {
    const number = numbers.get(key) ?? String(20260101000000 + numbers.size + 1);
    numbers.set(key, number);
    fake.filed.set(number, request);
    return number;
  }

  const accepted = (number: string): Submission => ({ kind: "accepted", number, acceptedAt: new Date().toISOString() });
  const unreachable = () => new DispatchError("the fake does not answer", { retryable: true, retryAfterMs: 50 });

  const fake: FakeDispatch = {
    mood: "well",
    joins: false,
    filed: new Map(),
    acts: [],
    tell: (update) => {
      updates.push(update);
    },
    async submit(request, key) {
      switch (fake.mood) {
        case "well":
          return accepted(take(request, key));
        case "deaf":
          take(request, key);
          throw unreachable();
        case "down":
          throw unreachable();
        case "refusing":
          return { kind: "refused", reason: "不属于本市受理范围" };
        case "tokens":
          tokens.set(`token-${key}`, take(request, key));
          return { kind: "pending", token: `token-${key}` };
        default:
          throw fake.mood satisfies never;
      }
    },
    async numberOf(token) {
      const number = tokens.get(token);
      return number && fake.mood === "well" ? accepted(number) : { kind: "pending", token };
    },
    async act(number, action) {
      if (fake.mood !== "well") throw unreachable();
      fake.acts.push({ number, action });
      return { kind: "accepted" };
    },
    async updatesSince(cursor) {
      const from = Number(cursor ?? 0);
      return { updates: updates.slice(from), cursor: String(updates.length) };
    },
  };
  return fake;
}
