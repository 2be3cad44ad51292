/**
 * admin: everything, accounts included. center: the whole city's tickets (市民热线服务中心). unit: the tickets of one
 * handling unit. editor: writes the knowledge base; reviewer: also approves what others wrote; publisher: also makes it what citizens
 * are answered from, and withdraws it. operator: conversations of citizens who want a person (人工接待).
 */
export const staffRoles = ["admin", "center", "unit", "editor", "reviewer", "publisher", "operator"] as const;
export type StaffRole = (typeof staffRoles)[number];

/** A member of staff as the rest of the house may know them: without anything secret. */
export interface StaffUser {
  username: string;
  name: string;
  role: StaffRole;
  /** The unit of a member with the role "unit". */
  unitId?: string;
}
