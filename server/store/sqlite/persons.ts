import { isAccountOf } from "../../../bots/accounts.ts";
import type {
  Account,
  AccountAct,
  AccountDeed,
  ChannelName,
  CodeInHand,
  CodeLook,
  ConversationRef,
} from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import { conversationLane } from "../../outbox/lanes.ts";
import type { Seal } from "../seal.ts";
import type { SqliteDatabase } from "./database.ts";
import type { JobTable } from "./jobs.ts";

interface CodeRow {
  digest: string;
  channel: ChannelName;
  userId: string;
  expiresAt: number;
}

interface ActRow {
  deed: AccountAct["deed"];
  channel: ChannelName;
  userId: string;
  withChannel: ChannelName | null;
  withUserId: string | null;
  at: number;
}

const HOUR_MS = 3_600_000;
/**
 * Within an hour. A code has about 39 bits and lives ten minutes: at 200 wrong ones an hour from everybody together, a guess hits one of
 * a thousand living codes once in some 300 years.
 */
const MOST = { offer: { each: 5, all: 1_000 }, miss: { each: 5, all: 200 } };

/** What an account does, in two steps inside one write: whether it still holds, and doing it. */
export interface PreparedDeed {
  holds(): boolean;
  run(): void;
}

export type PersonTable = ReturnType<typeof createPersonTable>;

/** Whose accounts are whose. What `prepare` gives must run inside a write. */
export function createPersonTable(parts: { database: SqliteDatabase; seal: Seal; jobs: JobTable; clock: Clock }) {
  const { seal, jobs, clock } = parts;
  const sql = preparePersons(parts.database);
  const digestOf = (code: string) => seal.digest(`link code ${code}`);

  function accountsOf({ channel, userId }: Account): Account[] {
    const self = { channel, userId };
    const others = sql.accountsOf.all(channel, userId).filter((each) => !isAccountOf(self)(each));
    return [self, ...others];
  }

  function isWithin(deed: "offer" | "miss", { channel, userId }: Account, now: Date): boolean {
    const since = now.getTime() - HOUR_MS;
    const each = sql.countOf.get(channel, userId, deed, since) ?? 0;
    const all = sql.countAll.get(deed, since) ?? 0;
    return each < MOST[deed].each && all < MOST[deed].all;
  }

  function codeOf(code: CodeInHand, now: Date): CodeRow | undefined {
    // A keyed digest is looked up, never the code: how long it takes tells nothing of the codes that there are.
    const row = sql.code.get("typed" in code ? digestOf(code.typed) : code.codeId);
    return row && row.expiresAt > now.getTime() ? row : undefined;
  }

  function look(account: Account, code: CodeInHand, now: Date): CodeLook {
    const row = codeOf(code, now);
    if (!isWithin("miss", account, now)) return { kind: "too-many" };
    if (!row) return { kind: "unknown" };
    const { channel, digest } = row;
    if (isAccountOf(account)(row)) return { kind: "own" };
    return accountsOf(account).some(isAccountOf(row))
      ? { kind: "linked", channel }
      : { kind: "good", codeId: digest, channel };
  }

  /** Where the person's other accounts are told: the latest private conversation of each. */
  const elsewhere = (account: Account): ConversationRef[] =>
    accountsOf(account)
      .slice(1)
      .flatMap(({ channel, userId }) => {
        const conversationId = sql.latest.get(channel, userId);
        return conversationId === undefined ? [] : [{ channel, userId, conversationId }];
      });

  function note(deed: AccountDeed["kind"], by: Account, other?: Account): void {
    sql.note.run(deed, by.channel, by.userId, other?.channel ?? null, other?.userId ?? null, clock.now().getTime());
  }

  /** Everybody of both sides becomes one person. */
  function join(one: Account, other: Account): void {
    const all = [...accountsOf(one), ...accountsOf(other)];
    const person = sql.personOf.get(one.channel, one.userId) ?? sql.newPerson.get() ?? 1;
    for (const { channel, userId } of all) sql.keep.run(channel, userId, person);
  }

  /** Who is left alone is a person by itself again. */
  function part({ channel, userId }: Account): void {
    const others = accountsOf({ channel, userId }).slice(1);
    sql.remove.run(channel, userId);
    const [last, ...more] = others;
    if (last && more.length === 0) sql.remove.run(last.channel, last.userId);
  }

  function tell(to: ConversationRef[], message: Extract<AccountDeed, { tell: unknown }>["tell"]): void {
    for (const ref of to)
      jobs.insert(jobs.seal({ laneId: conversationLane(ref), work: { kind: "say", to: ref, message, unasked: true } }));
  }

  return {
    accountsOf,
    elsewhere,
    look,
    mayOffer: (account: Account, now: Date) => isWithin("offer", account, now),

    prepare(deed: AccountDeed, by: Account): PreparedDeed {
      switch (deed.kind) {
        case "offer": {
          const digest = digestOf(deed.code);
          return {
            // The same code twice at a time would be nobody's: the turn is computed again, with another one.
            holds: () => isWithin("offer", by, clock.now()) && sql.code.get(digest) === undefined,
            run() {
              sql.forget.run(clock.now().getTime(), by.channel, by.userId);
              sql.offer.run(digest, by.channel, by.userId, Date.parse(deed.until));
              note("offer", by);
            },
          };
        }
        case "miss":
          return { holds: () => isWithin("miss", by, clock.now()), run: () => note("miss", by) };
        case "link":
          return {
            holds: () => look(by, deed, clock.now()).kind === "good",
            run() {
              const from = codeOf(deed, clock.now());
              if (!from) return;
              join(from, by);
              sql.use.run(from.digest);
              note("link", by, from);
              tell(elsewhere(by), deed.tell);
            },
          };
        case "unlink":
          return {
            holds: () => accountsOf(by).length > 1,
            run() {
              const told = elsewhere(by);
              part(by);
              note("unlink", by);
              tell(told, deed.tell);
            },
          };
        default:
          throw deed satisfies never;
      }
    },

    acts: ({ channel, userId }: Account): AccountAct[] =>
      sql.acts.all(channel, userId, channel, userId).map(({ deed, at, withChannel, withUserId, ...by }) => ({
        deed,
        by,
        ...(withChannel !== null && withUserId !== null ? { with: { channel: withChannel, userId: withUserId } } : {}),
        at: new Date(at),
      })),
  };
}

function preparePersons({ raw }: SqliteDatabase) {
  return {
    accountsOf: raw.prepare<[string, string], Account>(`
      SELECT channel, user_id AS userId FROM person_accounts
      WHERE person = (SELECT person FROM person_accounts WHERE channel = ? AND user_id = ?) ORDER BY channel, user_id`),
    personOf: raw
      .prepare<[string, string], number>("SELECT person FROM person_accounts WHERE channel = ? AND user_id = ?")
      .pluck(),
    newPerson: raw.prepare<[], number>("SELECT coalesce(max(person), 0) + 1 FROM person_accounts").pluck(),
    keep: raw.prepare<[string, string, number]>(`
      INSERT INTO person_accounts (channel, user_id, person) VALUES (?, ?, ?)
      ON CONFLICT (channel, user_id) DO UPDATE SET person = excluded.person`),
    remove: raw.prepare<[string, string]>("DELETE FROM person_accounts WHERE channel = ? AND user_id = ?"),
    latest: raw
      .prepare<[string, string], string>(`
        SELECT conversation_id FROM conversations
        WHERE channel = ? AND user_id = ? AND is_group = 0 ORDER BY updated_at DESC, id DESC LIMIT 1`)
      .pluck(),
    code: raw.prepare<[string], CodeRow>(
      "SELECT digest, channel, user_id AS userId, expires_at AS expiresAt FROM link_codes WHERE digest = ?",
    ),
    offer: raw.prepare<[string, string, string, number]>(`
      INSERT INTO link_codes (digest, channel, user_id, expires_at) VALUES (?, ?, ?, ?)`),
    forget: raw.prepare<[number, string, string]>(
      "DELETE FROM link_codes WHERE expires_at <= ? OR (channel = ? AND user_id = ?)",
    ),
    use: raw.prepare<[string]>("DELETE FROM link_codes WHERE digest = ?"),
    note: raw.prepare<[string, string, string, string | null, string | null, number]>(`
      INSERT INTO account_acts (deed, channel, user_id, with_channel, with_user_id, at) VALUES (?, ?, ?, ?, ?, ?)`),
    countOf: raw
      .prepare<[string, string, string, number], number>(
        "SELECT count(*) FROM account_acts WHERE channel = ? AND user_id = ? AND deed = ? AND at > ?",
      )
      .pluck(),
    countAll: raw
      .prepare<[string, number], number>("SELECT count(*) FROM account_acts WHERE deed = ? AND at > ?")
      .pluck(),
    acts: raw.prepare<[string, string, string, string], ActRow>(`
      SELECT deed, channel, user_id AS userId, with_channel AS withChannel, with_user_id AS withUserId, at FROM account_acts
      WHERE (channel = ? AND user_id = ?) OR (with_channel = ? AND with_user_id = ?) ORDER BY seq`),
  };
}
