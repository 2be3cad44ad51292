import type { InboundMessage, OutboundMessage } from "../../../bots/model/index.ts";
import type { SayInPlace } from "../../delivery/in-place.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { JobTable } from "./jobs.ts";

/** The words that answer a message, sealed. */
export interface TurnWords {
  /** Inside the write of the turn: said by it where the channel can do that, else left to the outbox. */
  keep(): void;
  /** When that write is durable. */
  tell(): void;
}

export function createTurnWords({ jobs, sayInPlace }: { jobs: JobTable; sayInPlace?: SayInPlace }) {
  return ({ from, replyHandle }: InboundMessage, say: readonly OutboundMessage[]): TurnWords => {
    const laneId = conversationLane(from);
    const words = say.map((message) => ({
      message,
      job: jobs.seal({ laneId, work: { kind: "say", to: from, message, replyHandle } }),
    }));
    const keyed = words.map(({ message, job }) => ({ key: job.id, message }));
    const inPlace = keyed.length > 0 ? sayInPlace?.(from, keyed, replyHandle) : undefined;
    let isSaid = false;
    return {
      keep() {
        // Never before what waits in the lane: then they wait behind it.
        isSaid = inPlace !== undefined && jobs.isFree(laneId) && inPlace.keep();
        for (const { job } of words) (isSaid ? jobs.insertSaid : jobs.insert)(job);
      },
      tell() {
        if (isSaid) inPlace?.tell();
      },
    };
  };
}
