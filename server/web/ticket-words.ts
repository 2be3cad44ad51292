/** The states of a ticket in the field's own words. */
const statuses: Record<string, string> = {
  accepted: "已受理",
  dispatched: "待接单",
  "in-progress": "办理中",
  replied: "已答复",
  closed: "已办结",
  withdrawn: "已撤回",
};

const kinds: Record<string, string> = {
  consultation: "咨询",
  suggestion: "建议",
  complaint: "投诉",
  report: "举报",
  help: "求助",
  emergency: "应急",
  praise: "表扬",
};

/** A state nobody has named yet is shown as it came, never hidden. */
export const statusWord = (status: string): string => statuses[status] ?? status;
/** The same for citizens, to whom a ticket that waits for its unit has been sent there. */
export const citizenStatusWord = (status: string): string => (status === "dispatched" ? "已派单" : statusWord(status));
export const kindWord = (kind: string): string => kinds[kind] ?? kind;
