import { isAccountOf } from "./accounts.ts";
import type {
  ConversationRef,
  KnownMatter,
  Matter,
  RequestKind,
  SameMatter,
  TicketStatus,
  TicketView,
} from "./model/index.ts";
import type { MatterMatcher, Store } from "./ports.ts";

/** What a flow knows of the request that the citizen is about to file. */
export interface MatterInHand extends Matter {
  kind: RequestKind;
  /** Further leaves that somebody else may have filed it under. */
  alike: string[];
  /** Its identity is withheld, or it is a company's own: it cannot be joined to anything. */
  alone: boolean;
}

/** How far back the same matter may lie. */
const DAYS_BACK = 30;
const DAY_MS = 86_400_000;
const MAX_OWN = 20;
const MAX_NEAR = 50;
/** So many of the likeliest are looked at for one that is still open. */
const MAX_LOOKED_AT = 5;

interface Found extends KnownMatter {
  status: TicketStatus;
  ticket: TicketView;
}

/**
 * Looks for an earlier ticket of the same matter: the citizen's own first, then an open one of other citizens nearby. What it
 * answers holds nothing that another person has written; the comparison itself stays in here.
 */
export function createMatterReader(
  parts: {
    store: Pick<Store, "accountsOf" | "mattersOf" | "mattersNear" | "loadTicket">;
    matcher: MatterMatcher;
    canJoin: boolean;
  },
  citizen: ConversationRef,
  now: Date,
): { sameAs(matter: MatterInHand): Promise<SameMatter | undefined> } {
  const { store, matcher, canJoin } = parts;
  const since = new Date(now.getTime() - DAYS_BACK * DAY_MS);
  const isPublic = ({ matter }: KnownMatter) => matter.category !== undefined && matcher.isShared(matter.category);

  /** The likeliest from `threshold` on, those that are open first; withdrawn ones are as if they had never been. */
  async function best(matter: MatterInHand, known: KnownMatter[], threshold: number): Promise<Found | undefined> {
    const fitting = known.filter(({ kind }) => isAsUrgent(matter.kind, kind));
    const likeness = matcher.compare(
      matter,
      fitting.map((each) => each.matter),
    );
    const ranked = fitting
      .map((each, i) => ({ each, score: likeness[i]?.score ?? 0 }))
      .filter(({ score }) => score >= threshold)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, MAX_LOOKED_AT);
    const found = await Promise.all(ranked.map(({ each }) => withState(each)));
    const there = found.flatMap((each) => (each ? [each] : []));
    return there.find(({ status }) => status !== "closed") ?? there[0];
  }

  async function withState(known: KnownMatter): Promise<Found | undefined> {
    const ticket = await store.loadTicket(known.requestId);
    if (ticket?.filing.kind !== "filed") return undefined;
    const { status } = ticket;
    return status === "withdrawn" || status === "saved" || status === "refused"
      ? undefined
      : { ...known, status, ticket };
  }

  async function own(matter: MatterInHand): Promise<SameMatter | undefined> {
    const found = await best(matter, await store.mattersOf(citizen, since, MAX_OWN), matcher.threshold.own);
    if (!found) return undefined;
    const { number, status, ticket } = found;
    return { kind: "own", number, status, ...unitOf(ticket), since: found.matter.at };
  }

  async function neighbours(matter: MatterInHand): Promise<SameMatter | undefined> {
    const { category, place, alone } = matter;
    if (!canJoin || alone || category === undefined || !matcher.isShared(category)) return undefined;
    const areas = [place?.subdistrict?.code, place?.district?.code].flatMap((code) => code ?? []);
    if (areas.length === 0) return undefined;
    const near = await store.mattersNear({ categories: [category, ...matter.alike], areas }, since, MAX_NEAR);
    const accounts = await store.accountsOf(citizen);
    const others = near.filter((each) => !accounts.some(isAccountOf(each.owner)) && isPublic(each));
    const found = await best(matter, others, matcher.threshold.neighbours);
    if (!found || found.status === "closed") return undefined;
    const { number, ticket } = found;
    const { voices = 1 } = ticket;
    const what = { category: found.matter.category ?? category, since: found.matter.at };
    return { kind: "neighbours", number, voices, ...unitOf(ticket), ...what };
  }

  return { sameAs: async (matter) => (await own(matter)) ?? (await neighbours(matter)) };
}

const unitOf = ({ unit }: TicketView) => (unit === undefined ? {} : { unit });

/** An emergency must not wait behind a ticket that is not one. */
const isAsUrgent = (mine: RequestKind, theirs: RequestKind): boolean => mine !== "emergency" || theirs === "emergency";
