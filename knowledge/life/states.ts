/**
 * Where a version of an entry stands. superseded: a newer one took its place, before or after it was published. aside: kept from an
 * editor who saved what another had changed meanwhile.
 */
export const versionStates = [
  "draft",
  "review",
  "approved",
  "scheduled",
  "published",
  "superseded",
  "withdrawn",
  "expired",
  "aside",
] as const;
export type VersionState = (typeof versionStates)[number];

/** What people do with one version. */
export type VersionDeed = "submit" | "approve" | "reject" | "publish" | "schedule" | "unschedule";

export const isVersionDeed = (deed: string): deed is VersionDeed => Object.hasOwn(WAYS, deed);

interface Way {
  from: readonly VersionState[];
  to: VersionState;
}

const WAYS: Readonly<Record<VersionDeed, Way>> = {
  submit: { from: ["draft"], to: "review" },
  approve: { from: ["review"], to: "approved" },
  reject: { from: ["review", "approved", "scheduled"], to: "draft" },
  // Who may publish may approve: one look of another person is enough.
  publish: { from: ["review", "approved", "scheduled"], to: "published" },
  schedule: { from: ["review", "approved", "scheduled"], to: "scheduled" },
  unschedule: { from: ["scheduled"], to: "approved" },
};

/** The state after a deed; undefined where it cannot be done. */
export const stateAfter = (state: VersionState, deed: VersionDeed): VersionState | undefined =>
  WAYS[deed].from.includes(state) ? WAYS[deed].to : undefined;

/** Versions on which a newer one may be written without anything of theirs getting lost; a scheduled one goes on by itself. */
export const isInHand = (state: VersionState): boolean =>
  state === "draft" || state === "review" || state === "approved";
