import type { Activity, ActivitySet } from "./wire.ts";

/** What was said in the conversation, each activity once, in the server's order, whichever way and how often it arrived. */
export interface ConversationRecord {
  /** True when something new was among them. */
  take(set: ActivitySet): boolean;
  /** A new array whenever something changed. */
  activities(): readonly Activity[];
  watermark(): string;
  reset(): void;
}

const BEGINNING = "0";

export function createRecord(): ConversationRecord {
  let activities: readonly Activity[] = [];
  let known = new Set<string>();
  let watermark = BEGINNING;

  return {
    take(set) {
      const fresh = set.activities.filter((activity) => {
        if (known.has(activity.id)) return false;
        known.add(activity.id);
        return true;
      });
      if (set.watermark !== undefined && !isBehind(set.watermark, watermark)) watermark = set.watermark;
      if (fresh.length === 0) return false;
      activities = inOrder([...activities, ...fresh]);
      return true;
    },
    activities: () => activities,
    watermark: () => watermark,
    reset() {
      activities = [];
      known = new Set();
      watermark = BEGINNING;
    },
  };
}

/** A late answer to an older poll must not turn the clock back. Watermarks that are no numbers are taken as they come. */
const isBehind = (next: string, current: string) => Number(next) < Number(current);

/** Ids end in their place within the conversation (`…|0000012`); where they do not, the order of arrival stands. */
function inOrder(activities: Activity[]): Activity[] {
  const places = activities.map((activity) => Number(/\|(\d+)$/.exec(activity.id)?.[1] ?? Number.NaN));
  if (places.some(Number.isNaN)) return activities;
  const sorted = places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0));
  if (sorted) return activities;
  return activities
    .map((activity, index) => ({ activity, place: places[index] ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ activity }) => activity);
}
