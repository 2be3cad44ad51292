import type { Account, KnownMatter, Place, Request } from "../../../bots/model/index.ts";
import type { SqliteDatabase } from "./database.ts";
import type { PersonTable } from "./persons.ts";
import type { SealedJson } from "./sealed-json.ts";

interface MatterRow {
  seq: number;
  number: string;
  request: Buffer;
}

const DAY_MS = 86_400_000;
const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

/** Codes nest: the first 9 digits of a community's are its subdistrict's. */
const areaOf = (place: Place | undefined): string | undefined =>
  place?.subdistrict?.code ?? place?.community?.code.slice(0, 9) ?? place?.district?.code;

/** Two people may file the same matter under two leaves of one 项. */
const topicOf = (category: string): string => category.slice(0, 4);

/** What is kept of a new request in plain columns, to find it by. */
export interface MatterColumns {
  topic: string | null;
  area: string | null;
  createdDay: number;
  isOffered: 0 | 1;
}

/** A report's author is withheld whether they asked for it or not, so neighbours never hear that there is one; nor of a company's business. */
export function matterColumns(request: Request): MatterColumns {
  const { category, place, confidential, kind, company, createdAt } = request;
  return {
    topic: category ? topicOf(category.code) : null,
    area: areaOf(place) ?? null,
    createdDay: dayOf(new Date(createdAt)),
    isOffered: confidential || company || kind === "report" ? 0 : 1,
  };
}

/** Finds filed requests that may be about the same matter. Reads only. */
export function createMatterReader(parts: {
  database: SqliteDatabase;
  sealed: SealedJson;
  persons: Pick<PersonTable, "accountsOf">;
}) {
  const { sealed, persons } = parts;
  const sql = prepareMatters(parts.database);

  function known({ number, request: column }: MatterRow): KnownMatter {
    const { id, from, kind, description, category, place, createdAt } = sealed.open<Request>(column);
    const matter = {
      description,
      ...(category ? { category: category.code } : {}),
      ...(place ? { place } : {}),
      at: createdAt,
    };
    return { requestId: id, owner: from, number, kind, matter };
  }

  return {
    of: (user: Account, since: Date, limit: number): KnownMatter[] =>
      persons
        .accountsOf(user)
        .flatMap(({ channel, userId }) => sql.ofUser.all(channel, userId, limit))
        .toSorted((a, b) => b.seq - a.seq)
        .slice(0, limit)
        .map(known)
        .filter(({ matter }) => Date.parse(matter.at) >= since.getTime()),

    near(where: { categories: string[]; areas: string[] }, since: Date, limit: number): KnownMatter[] {
      const topics = [...new Set(where.categories.map(topicOf))];
      const found = topics.flatMap((topic) =>
        where.areas.flatMap((area) => sql.near.all(topic, area, dayOf(since), limit)),
      );
      const newest = found.toSorted((a, b) => b - a).slice(0, limit);
      return newest.flatMap((seq) => sql.bySeq.all(seq)).map(known);
    },
  };
}

function prepareMatters({ raw }: SqliteDatabase) {
  return {
    ofUser: raw.prepare<[string, string, number], MatterRow>(`
      SELECT seq, number, request FROM requests
      WHERE channel = ? AND user_id = ? AND number IS NOT NULL ORDER BY seq DESC LIMIT ?`),
    near: raw
      .prepare<[string, string, number, number], number>(`
        SELECT seq FROM requests
        WHERE topic = ? AND area = ? AND created_day >= ? AND is_offered = 1 AND is_open = 1 AND number IS NOT NULL
        ORDER BY created_day DESC, seq DESC LIMIT ?`)
      .pluck(),
    bySeq: raw.prepare<[number], MatterRow>("SELECT seq, number, request FROM requests WHERE seq = ?"),
  };
}
