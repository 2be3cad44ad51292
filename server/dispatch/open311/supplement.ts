import { DispatchError } from "../../../bots/errors.ts";
import type { CitizenAction, Media } from "../../../bots/model/index.ts";
import type { ActOutcome, Clock } from "../../../bots/ports.ts";
import { actionPrefix, MAX_TEXT } from "../../http/open311/vocabulary.ts";
import { mediaLines, pieces } from "./compose-post.ts";
import type { Endpoint } from "./endpoint.ts";

/** A prefix and a number come before each piece. */
const PIECE = MAX_TEXT - 100;

export type Supplement = (number: string, text: string, updateId: string) => Promise<ActOutcome>;

interface Parts {
  endpoint: Endpoint;
  clock: Clock;
  /** A public address of an upload, where there is one. */
  mediaUrl?: (media: Media) => string;
}

/** Adds a text to a ticket over there; `updateId` makes repeating it harmless where the endpoint honours it. */
export const createSupplement =
  (parts: Parts): Supplement =>
  (number, text, updateId) =>
    postUpdate(parts, { number, kind: "supplement", text, updateId });

/** 催办, 补充, 撤回 as updates of the ticket; a long text as several, none of it lost. */
export async function actRemotely(
  parts: Parts,
  number: string,
  action: CitizenAction,
  idempotencyKey: string,
): Promise<ActOutcome> {
  const text = action.kind === "withdraw" ? action.reason : action.text;
  const media = (action.kind === "supplement" && action.media) || [];
  const lines = mediaLines(media, parts.mediaUrl);
  const mediaUrl = /https?:\S+/.exec(lines[0] ?? "")?.[0];
  const [first = "", ...rest] = inPieces(text ?? "", lines);
  // The rest goes first: a withdrawn ticket takes no more.
  for (const [index, piece] of rest.entries()) {
    const updateId = `${idempotencyKey}/part-${index + 2}`;
    const outcome = await postUpdate(parts, {
      number,
      kind: "supplement",
      text: `（续${index + 2}）${piece}`,
      updateId,
      mediaUrl,
    });
    if (outcome.kind === "refused") return outcome;
  }
  return postUpdate(parts, { number, kind: action.kind, text: first, updateId: idempotencyKey, mediaUrl });
}

/** An address is never cut in two: where it does not all fit into one update, the addresses are one of their own. */
function inPieces(text: string, lines: string[]): string[] {
  const whole = [...(text === "" ? [] : [text]), ...lines].join("\n");
  if (whole.length <= PIECE) return [whole];
  return [...pieces(text, PIECE), ...(lines.length > 0 ? [lines.join("\n")] : [])];
}

async function postUpdate(
  { endpoint, clock }: Parts,
  update: { number: string; kind: CitizenAction["kind"]; text: string; updateId: string; mediaUrl?: string },
): Promise<ActOutcome> {
  const answer = await endpoint.post(
    "servicerequestupdates",
    {
      service_request_id: update.number,
      update_id: update.updateId,
      updated_datetime: clock.now().toISOString(),
      status: update.kind === "withdraw" ? "CLOSED" : "OPEN",
      description: `${actionPrefix[update.kind]}${update.text}`,
      action: update.kind,
      // The field has room for one; it goes with the text that names them all.
      media_url: update.mediaUrl && update.text.includes(update.mediaUrl) ? update.mediaUrl : undefined,
    },
    update.updateId,
  );
  switch (answer.kind) {
    case "ok":
      return { kind: "accepted" };
    case "refused":
      return { kind: "refused", reason: answer.reason };
    case "absent":
      return { kind: "refused", reason: "承办系统暂不支持在线补充、催办或撤回，请拨打12345办理。" };
    case "unreadable":
      throw new DispatchError("the dispatch system's answer to an update cannot be read", { retryable: true });
    default:
      throw new Error(`unknown answer ${JSON.stringify(answer satisfies never)}`);
  }
}
