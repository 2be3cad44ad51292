import type { Response } from "express";
import { isKnowledgeRole } from "../../../knowledge/life/permission.ts";
import type { Editor } from "../../knowledge/life.ts";
import { staffOf } from "../../staff/guard.ts";

/** The member of staff of a guarded request, as the knowledge base knows them. */
export function editorOf(response: Response): Editor {
  const { username, role } = staffOf(response);
  if (!isKnowledgeRole(role)) throw new Error("this route is only for those who keep the knowledge base");
  return { username, role };
}
