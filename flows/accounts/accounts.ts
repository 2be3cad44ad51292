import { parseChoiceId } from "../../bots/choices.ts";
import type { Flow, FlowContext, Step } from "../../bots/flow.ts";
import type { AccountDeed, ChannelName, CodeInHand, Effect, InboundMessage, Json } from "../../bots/model/index.ts";
import { commandForm } from "../../bots/plain.ts";
import { accountWords } from "../text/accounts.ts";
import { CHANNEL_LABELS } from "../text/labels.ts";
import { codeIn, newCode } from "./code.ts";
import { accountWish } from "./phrases.ts";

/** A code was good and waits for the citizen's yes; the state holds its digest, never the code. */
type LinkState = { codeId: string; channel: ChannelName };
type LinkStep = Step<LinkState>;

/** How long a code is good. */
const MINUTES = 10;
const MINUTE_MS = 60_000;

/**
 * One person, several channels: a code from the one conversation, brought to the other within ten minutes and confirmed there, proves
 * that both are the same citizen's. `publicUrl`: where the web chat is, without a slash at its end; its address can carry the code.
 */
export function createAccountsFlow({ publicUrl }: { publicUrl?: string }): Flow<LinkState> {
  async function start(ctx: FlowContext, { content }: InboundMessage): Promise<LinkStep> {
    if (content.kind !== "text") return { next: "pass" };
    if (ctx.from.group) return { next: "done", say: accountWords.privateOnly() };
    const wish = accountWish(content.text);
    switch (wish) {
      case "link":
        return offer(ctx, publicUrl);
      case "unlink":
        return unlink(ctx);
      case "code":
        return look(ctx, { typed: codeIn(content.text) ?? "" });
      case undefined:
        return { next: "pass" };
      default:
        throw new Error(`unknown wish ${JSON.stringify(wish satisfies never)}`);
    }
  }

  return {
    name: "accounts",
    version: 1,
    start,
    async resume(ctx, state, message) {
      switch (answerIn(message)) {
        case "yes":
          return confirm(ctx, state);
        case "no":
          return { next: "done", say: accountWords.notLinked() };
        case undefined:
          return start(ctx, message);
        default:
          return { next: "pass" };
      }
    },
    remind: async (_ctx, { channel }) => accountWords.ask(channel),
    leave: () => accountWords.leftOpen(),
    carryOver: (_fromVersion, saved) => restore(saved),
  };
}

const deed = (deed: AccountDeed): Effect => ({ kind: "account", deed });

async function offer(ctx: FlowContext, publicUrl: string | undefined): Promise<LinkStep> {
  const others = await ctx.accounts.others();
  const known = others.length > 0 ? accountWords.linkedWith(others) : [];
  if (!(await ctx.accounts.mayOffer())) return { next: "done", say: [...known, ...accountWords.tooManyOffers()] };
  const code = newCode(ctx.newId);
  const until = new Date(ctx.now.getTime() + MINUTES * MINUTE_MS).toISOString();
  // What stands behind # never leaves the browser: no log on the way has it.
  const link = publicUrl === undefined ? undefined : `${publicUrl}/#link=${code}`;
  return {
    next: "done",
    say: [...known, ...accountWords.offer(code, MINUTES, link)],
    effects: [deed({ kind: "offer", code, until })],
  };
}

async function look(ctx: FlowContext, code: CodeInHand): Promise<LinkStep> {
  const found = await ctx.accounts.look(code);
  switch (found.kind) {
    case "good":
      return {
        next: "wait",
        state: { codeId: found.codeId, channel: found.channel },
        say: accountWords.ask(found.channel),
      };
    case "own":
      return { next: "done", say: accountWords.ownCode() };
    case "linked":
      return { next: "done", say: accountWords.linkedAlready(found.channel) };
    case "unknown":
      return { next: "done", say: accountWords.unusable(), effects: [deed({ kind: "miss" })] };
    case "too-many":
      return { next: "done", say: accountWords.tooManyMisses() };
    default:
      throw new Error(`unknown look ${JSON.stringify(found satisfies never)}`);
  }
}

/** Looked at once more: time went by, and somebody else may have been quicker. */
async function confirm(ctx: FlowContext, { codeId }: LinkState): Promise<LinkStep> {
  const found = await ctx.accounts.look({ codeId });
  if (found.kind !== "good") return look(ctx, { codeId });
  const tell = accountWords.tellLinked(ctx.from.channel);
  return { next: "done", say: accountWords.linked(found.channel), effects: [deed({ kind: "link", codeId, tell })] };
}

async function unlink(ctx: FlowContext): Promise<LinkStep> {
  if ((await ctx.accounts.others()).length === 0) return { next: "done", say: accountWords.nothingToUnlink() };
  const tell = accountWords.tellUnlinked(ctx.from.channel);
  return { next: "done", say: accountWords.unlinked(), effects: [deed({ kind: "unlink", tell })] };
}

const YES = new Set("是 是的 确认 确定 对 关联 确认关联 同意 好 好的 可以 绑定".split(" "));
const NO = new Set("否 不 不是 不关联 不绑定 不要 别关联 不同意 先不 不用 不用了".split(" "));

/** "elsewhere": a button of another flow. */
function answerIn({ content }: InboundMessage): "yes" | "no" | "elsewhere" | undefined {
  if (content.kind === "choice") {
    const { flow, verb } = parseChoiceId(content.choiceId);
    return flow === "accounts" && (verb === "yes" || verb === "no") ? verb : "elsewhere";
  }
  if (content.kind !== "text") return "elsewhere";
  const said = commandForm(content.text);
  if (YES.has(said)) return "yes";
  return NO.has(said) ? "no" : undefined;
}

function restore(saved: Json): LinkState | undefined {
  if (typeof saved !== "object" || saved === null || Array.isArray(saved)) return undefined;
  const { codeId, channel } = saved;
  return typeof codeId === "string" && isChannel(channel) ? { codeId, channel } : undefined;
}

const isChannel = (name: unknown): name is ChannelName =>
  typeof name === "string" && Object.hasOwn(CHANNEL_LABELS, name);
