import type { Request, RequestHandler, Response } from "express";
import type { StaffRole, StaffUser } from "./account.ts";
import type { Staff } from "./staff.ts";

export const SESSION_COOKIE = "session";

/** Lets a request pass only with a session, and only with one of the roles when some are named. */
export type RequireStaff = (roles?: readonly StaffRole[]) => RequestHandler;

export function createRequireStaff(staff: Pick<Staff, "userOf">): RequireStaff {
  return (roles) => async (request, response, next) => {
    const token = tokenOf(request);
    const user = token === undefined ? undefined : await staff.userOf(token);
    if (!user) {
      response.status(401).json({ error: { code: "not-signed-in", message: "请先登录。" } });
    } else if (roles && !roles.includes(user.role)) {
      response.status(403).json({ error: { code: "not-allowed", message: "您的账号没有这项权限。" } });
    } else {
      response.locals.staff = user;
      next();
    }
  };
}

/** Who a guarded request comes from. */
export function staffOf(response: Response): StaffUser {
  const user = response.locals.staff as StaffUser | undefined;
  if (!user) throw new Error("this route is not behind requireStaff");
  return user;
}

/** The session token of a request: `Authorization: Bearer …`, or the cookie. */
export function tokenOf(request: Request): string | undefined {
  const bearer = /^Bearer ([\w-]{20,100})$/i.exec(request.get("authorization") ?? "")?.[1];
  return bearer ?? cookie(request.get("cookie"), SESSION_COOKIE);
}

function cookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const [key, value] = part.split(/=(.*)/s);
    if (key?.trim() === name) return value?.trim();
  }
  return undefined;
}
