import type { Check } from "../model.ts";

/** Citizens would lose an answer by it, or it does not do what its editors want: nobody publishes that without saying so. */
export const isHarmful = ({ tests, questions }: Check): boolean =>
  tests.failed.length > 0 || questions.changed.some(({ change }) => change === "lost");
