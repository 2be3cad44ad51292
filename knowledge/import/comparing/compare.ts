import { type Content, isSame } from "../../life/content.ts";
import { normalize } from "../../text/normalize.ts";
import { type Claim, claimsOf, type Difference, differences } from "./claims.ts";
import { createQuestionIndex } from "./questions-alike.ts";

/** Where the other one stands: in the base, or in the same file at row `at`. */
export type Other = { in: "base"; id: string; name: string } | { in: "file"; at: number; name: string };

/** What editors should know before they import an entry. */
export type Finding =
  /** The base has the very same entry. */
  | { kind: "unchanged"; with: Other }
  /** It becomes a new version of an entry that is there, and says this otherwise. */
  | { kind: "update"; with: Other; differs: Difference[] }
  /** Another entry answers the same, or nearly the same, and says nothing else. */
  | { kind: "duplicate"; with: Other }
  /** Another entry answers the same question otherwise. `differs` shows both passages. */
  | { kind: "contradiction"; with: Other; differs: [Difference, ...Difference[]] };

interface Item {
  content: Content;
  other: Other;
  /** Its place in the file; entries of the base come before all rows. */
  order: number;
  claims?: Claim[];
}

const nameOf = ({ question, title, id }: Content): string => question ?? title ?? id;
const askedOf = ({ question, title }: Content): string => question ?? title ?? "";
const bare = (text: string): string => normalize(text).replace(/[\p{P}\p{S}\s]/gu, "");

/** Entries that can never be in use together say nothing against each other: other places, other times. */
function canMeet(a: Content, b: Content): boolean {
  if (a.region && b.region && a.region !== b.region) return false;
  if (a.audience && b.audience && a.audience !== b.audience) return false;
  return !(
    (a.validTo && b.validFrom && a.validTo < b.validFrom) ||
    (b.validTo && a.validFrom && b.validTo < a.validFrom)
  );
}

/**
 * Holds each row of a file against the base and against the rows before it. `rows`: those that became entries, with their places. The
 * findings come in the order of `rows`.
 */
export function compare(rows: readonly { at: number; content: Content }[], base: readonly Content[]): Finding[][] {
  const index = createQuestionIndex<Item>();
  const texts = new Map<string, Item>();
  const known = new Map(base.map((content) => [content.id, content]));
  const updated = new Set(rows.map(({ content }) => content.id));

  function learn(item: Item): void {
    index.add(item, askedOf(item.content), item.content.similar);
    const text = bare(item.content.text);
    if (text.length >= MIN_TEXT && !texts.has(text)) texts.set(text, item);
  }

  for (const content of base) {
    // What the file brings a new version of is judged by that version.
    if (!updated.has(content.id))
      learn({ content, other: { in: "base", id: content.id, name: nameOf(content) }, order: -1 });
  }
  return rows.map(({ at, content }, order) => {
    const item: Item = { content, other: { in: "file", at, name: nameOf(content) }, order };
    const same = ofSameId(content, known);
    // What changes nothing needs no further look.
    const findings = same.some(({ kind }) => kind === "unchanged") ? same : [...same, ...meet(item)];
    learn(item);
    return findings;
  });

  function meet(item: Item): Finding[] {
    const alike = index.alike(askedOf(item.content)).filter((each) => canMeet(item.content, each.item.content));
    const twin = texts.get(bare(item.content.text));
    const seen = new Set(alike.map((each) => each.item));
    const findings = alike.flatMap((each) => judge(item, each.item, each.isSame));
    if (twin && !seen.has(twin) && canMeet(item.content, twin.content))
      findings.push({ kind: "duplicate", with: twin.other });
    return findings;
  }
}

/** Shorter texts ("不可以。") are alike without meaning the same. */
const MIN_TEXT = 20;

function ofSameId(content: Content, known: ReadonlyMap<string, Content>): Finding[] {
  const before = known.get(content.id);
  if (!before) return [];
  const other: Other = { in: "base", id: before.id, name: nameOf(before) };
  if (isSame(before, content)) return [{ kind: "unchanged", with: other }];
  return [{ kind: "update", with: other, differs: differences(claimsOf(content.text), claimsOf(before.text)) }];
}

function judge(ours: Item, theirs: Item, isSameQuestion: boolean): Finding[] {
  if (bare(ours.content.text) === bare(theirs.content.text)) return [{ kind: "duplicate", with: theirs.other }];
  ours.claims ??= claimsOf(ours.content.text);
  theirs.claims ??= claimsOf(theirs.content.text);
  const [first, ...more] = differences(ours.claims, theirs.claims);
  if (first) return [{ kind: "contradiction", with: theirs.other, differs: [first, ...more] }];
  return isSameQuestion ? [{ kind: "duplicate", with: theirs.other }] : [];
}
