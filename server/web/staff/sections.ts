/** One page of the console. `waiting`: how many people wait there. */
export interface Section {
  key: "tickets" | "reception" | "undelivered" | "knowledge";
  label: string;
  icon: "progress" | "person" | "warning" | "question";
  waiting?: number;
}

const tickets: Section = { key: "tickets", label: "工单", icon: "progress" };
const reception: Section = { key: "reception", label: "人工接待", icon: "person" };
const undelivered: Section = { key: "undelivered", label: "未送达", icon: "warning" };
const knowledge: Section = { key: "knowledge", label: "知识库", icon: "question" };

/** The pages that somebody of this role works with, their first page first; the server guards each of them itself. */
export function sectionsOf(role: string): Section[] {
  switch (role) {
    case "admin":
      return [tickets, reception, undelivered, knowledge];
    case "operator":
      return [reception];
    case "editor":
    case "reviewer":
    case "publisher":
      return [knowledge];
    default:
      return [tickets, undelivered];
  }
}
