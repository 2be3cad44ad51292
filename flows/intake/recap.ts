import type { OutboundMessage } from "../../bots/model/index.ts";
import { summaryRows } from "../form.ts";
import { repairWords } from "../text/repair.ts";
import { intakeFields } from "./fields.ts";
import type { IntakeState } from "./steps.ts";
import type { IntakeValues } from "./values.ts";

/** Rows that were said or read, as against those that the summary shows as open. */
function isKnown(values: IntakeValues, name: string): boolean {
  switch (name) {
    case "kind":
      return values.kindChosen === true;
    case "category":
      return values.category !== undefined;
    case "contact":
      return values.anonymous === true || values.phone !== undefined;
    case "confidential":
      return values.confidential !== undefined;
    case "evidence":
      return values.evidence.length > 0;
    case "place":
      return values.place !== undefined;
    case "occurredAt":
      return values.occurredAt !== undefined;
    case "wants":
      return values.wants !== undefined;
    default:
      return true;
  }
}

/** What has been said so far, for who comes back to it or asks. */
export function recap({ values }: IntakeState): OutboundMessage[] {
  const known = intakeFields.filter(({ name }) => isKnown(values, name));
  return repairWords.recap(summaryRows(known, values));
}
