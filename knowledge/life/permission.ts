import type { VersionDeed } from "./states.ts";

/** Each may do what those before it may. */
export const knowledgeRoles = ["editor", "reviewer", "publisher", "admin"] as const;
export type KnowledgeRole = (typeof knowledgeRoles)[number];

/** What people do with an entry: with one of its versions, or with all of it. */
export type Deed = VersionDeed | "save" | "withdraw" | "correct";

const LEAST: Readonly<Record<Deed, KnowledgeRole>> = {
  save: "editor",
  submit: "editor",
  approve: "reviewer",
  reject: "reviewer",
  publish: "publisher",
  schedule: "publisher",
  unschedule: "publisher",
  withdraw: "publisher",
  correct: "publisher",
};

/** Two pairs of eyes: whoever wrote at a version, an administrator too, does none of these with it. */
const NEEDS_ANOTHER: readonly Deed[] = ["approve", "publish", "schedule"];

export type Permission =
  | { kind: "allowed" }
  /** Somebody of this role or a higher one is needed; `own`: the role would do, but they wrote it themselves. */
  | { kind: "refused"; least: KnowledgeRole; own: boolean };

/** Whether somebody may do something with a version at which `writers` (usernames) wrote. */
export function permission(
  who: { username: string; role: KnowledgeRole },
  deed: Deed,
  writers: readonly string[] = [],
): Permission {
  const least = LEAST[deed];
  if (!hasRole(who.role, least)) return { kind: "refused", least, own: false };
  if (NEEDS_ANOTHER.includes(deed) && writers.includes(who.username)) return { kind: "refused", least, own: true };
  return { kind: "allowed" };
}

/** Whether `role` is `least` or more. */
export const hasRole = (role: KnowledgeRole, least: KnowledgeRole): boolean =>
  knowledgeRoles.indexOf(role) >= knowledgeRoles.indexOf(least);

export const isKnowledgeRole = (role: string): role is KnowledgeRole =>
  (knowledgeRoles as readonly string[]).includes(role);
