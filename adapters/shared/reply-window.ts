/** One open request of the platform that can be answered once. */
export interface Seat {
  /** Answers it, without words when there are none. True when the answer left whole. */
  give(words: string | undefined): Promise<boolean>;
  /** The message could not be taken: the platform is to send it again. */
  refuse(): void;
}

/**
 * Platforms that take a reply in the answer to their own request, within seconds, and ask again when there was none. All
 * requests about one message share one turn and one reply, and whatever has to be said to a citizen can go out with any
 * request that is open for them.
 */
export interface ReplyWindows {
  /**
   * `work` takes the message and resolves when it is durable; it is run once, however often the message comes. The seat is
   * answered by `reply`, or without words when its time is over, but never before `work` is done. Resolves when it was.
   */
  attend(options: {
    messageId: string;
    userId: string;
    seat: Seat;
    work(): Promise<"committed" | "duplicate">;
  }): Promise<void>;
  /**
   * Says something to the user in the answer to one of their messages, where one is open or being worked on. `compose` is
   * called once that message is durable. False: there is none, or its answer did not leave.
   */
  reply(userId: string, compose: () => Promise<string | undefined>): Promise<boolean>;
  /** Answers everything without further waiting, now and from now on. */
  close(): void;
}

interface Exchange {
  userId: string;
  worked: Promise<"committed" | "duplicate">;
  /** Until when each may be answered with words, in milliseconds since 1970: after that nobody may be listening. */
  seats: Set<{ seat: Seat; untilMs: number; done(): void }>;
  phase: "working" | "open" | "closed";
  /** What was answered in the end; for a request about the same message that comes late. */
  answer: Promise<string | undefined>;
}

/** `holdMs`: how long a request is kept open. `rememberMs`: how long the platform may ask for the same message again. */
export function createReplyWindows({ holdMs, rememberMs }: { holdMs: number; rememberMs: number }): ReplyWindows {
  const exchanges = new Map<string, Exchange>();
  const timers = new Set<NodeJS.Timeout>();
  let closing = false;

  function after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms).unref();
    timers.add(timer);
  }

  function begin(messageId: string, userId: string, work: () => Promise<"committed" | "duplicate">): Exchange {
    const worked = work();
    const fresh: Exchange = { userId, worked, seats: new Set(), phase: "working", answer: Promise.resolve(undefined) };
    exchanges.set(messageId, fresh);
    worked.then(
      (result) => {
        fresh.phase = "open";
        if (result === "duplicate" || closing) void finish(fresh, undefined);
        after(rememberMs, () => exchanges.delete(messageId));
      },
      () => {
        fresh.phase = "closed";
        exchanges.delete(messageId);
      },
    );
    return fresh;
  }

  /** Everybody gets the same words; whether they left with at least one of the answers. */
  async function finish(exchange: Exchange, words: string | undefined): Promise<boolean> {
    exchange.phase = "closed";
    const seats = [...exchange.seats];
    exchange.seats.clear();
    const nowMs = Date.now();
    const give = async ({ seat, untilMs }: { seat: Seat; untilMs: number }) => {
      const isInTime = nowMs < untilMs;
      return (await seat.give(isInTime ? words : undefined)) && isInTime;
    };
    const given = Promise.all(seats.map(give)).then((left) => left.includes(true));
    // Words that did not leave are said in another way; a late request must not say them too.
    exchange.answer = given.then((left) => (left ? words : undefined));
    const left = await given;
    for (const { done } of seats) done();
    return left;
  }

  async function takeSeat(exchange: Exchange, seat: Seat): Promise<void> {
    const untilMs = Date.now() + holdMs;
    let done = () => {};
    const answered = new Promise<void>((resolve) => {
      done = resolve;
    });
    const taken = { seat, untilMs, done };
    exchange.seats.add(taken);
    try {
      await exchange.worked;
    } catch {
      seat.refuse();
      return;
    }
    after(Math.max(0, untilMs - Date.now()), () => {
      if (!exchange.seats.delete(taken)) return;
      if (exchange.seats.size === 0) exchange.phase = "closed";
      void seat.give(undefined).then(done);
    });
    await answered;
  }

  return {
    async attend({ messageId, userId, seat, work }) {
      const exchange = exchanges.get(messageId) ?? begin(messageId, userId, work);
      if (exchange.phase !== "closed") return takeSeat(exchange, seat);
      await seat.give(await exchange.answer);
    },

    async reply(userId, compose) {
      const own = [...exchanges.values()].filter((each) => each.userId === userId && each.phase !== "closed");
      const exchange = own.find((each) => each.phase === "open") ?? own[0];
      if (!exchange) return false;
      const isWorking = await exchange.worked.then(
        () => true,
        () => false,
      );
      const words = isWorking && exchange.phase === "open" ? await compose() : undefined;
      // Time went by; meanwhile the request may have been answered.
      if (words === undefined || exchange.phase !== "open" || exchange.seats.size === 0) return false;
      return finish(exchange, words);
    },

    close() {
      closing = true;
      for (const exchange of exchanges.values()) if (exchange.phase === "open") void finish(exchange, undefined);
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
