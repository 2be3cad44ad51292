import express, { type CookieOptions, Router } from "express";
import { type RequireStaff, SESSION_COOKIE, staffOf, tokenOf } from "../staff/guard.ts";
import { SESSION_MS } from "../staff/sessions.ts";
import type { Staff } from "../staff/staff.ts";
import { checked, refuse } from "./desk/checked.ts";
import { credentials, newAccount } from "./desk/schemas.ts";

export interface SessionRouterOptions {
  staff: Staff;
  requireStaff: RequireStaff;
  /** Whether the site is reached by https, so that the cookie travels nowhere else. */
  secureCookie: boolean;
  /** Whether a unit of this id exists. */
  isUnit?: (unitId: string) => boolean;
}

/** Sign-in and accounts of the staff: `/session` and `/staff`, to be mounted at `/api`. */
export function createSessionRouter(options: SessionRouterOptions): Router {
  const { staff, requireStaff } = options;
  const router = Router();
  const json = express.json({ limit: "16kb" });
  const cookie: CookieOptions = { httpOnly: true, sameSite: "strict", path: "/", secure: options.secureCookie };

  router.post("/session", json, async (request, response) => {
    const given = checked(credentials, request.body, response);
    if (!given) return;
    const outcome = await staff.signIn(given.username, given.password, request.ip ?? "");
    switch (outcome.kind) {
      case "signed-in":
        response.cookie(SESSION_COOKIE, outcome.token, { ...cookie, maxAge: SESSION_MS });
        response.set("Cache-Control", "no-store").json({ token: outcome.token, user: outcome.user });
        break;
      case "wrong":
        refuse(response, 401, "wrong-credentials", "用户名或密码不正确。");
        break;
      case "too-often":
        response.set("Retry-After", String(Math.ceil(outcome.retryAfterMs / 1000)));
        refuse(response, 429, "too-often", "登录失败次数过多，请稍后再试。");
        break;
      default:
        throw new Error(`unknown outcome ${JSON.stringify(outcome satisfies never)}`);
    }
  });

  router.get("/session", requireStaff(), (_request, response) => {
    response.set("Cache-Control", "no-store").json({ user: staffOf(response) });
  });

  router.delete("/session", async (request, response) => {
    const token = tokenOf(request);
    if (token !== undefined) await staff.signOut(token);
    response.clearCookie(SESSION_COOKIE, cookie).status(204).end();
  });

  router.use("/staff", accountsRouter(options));
  return router;
}

/** Accounts, for the administrator only. */
function accountsRouter({ staff, requireStaff, isUnit }: SessionRouterOptions): Router {
  const router = Router();
  router.use(requireStaff(["admin"]));
  router.get("/", (_request, response) => {
    response.json({ accounts: staff.accounts() });
  });
  router.post("/", express.json({ limit: "16kb" }), async (request, response) => {
    const account = checked(newAccount, request.body, response);
    if (!account) return;
    const { password, ...user } = account;
    if (user.unitId !== undefined && isUnit && !isUnit(user.unitId)) {
      return refuse(response, 400, "bad-input", "没有这个承办单位（unitId）。");
    }
    const outcome = await staff.addAccount(user, password);
    if (outcome === "taken") return refuse(response, 409, "taken", "这个用户名已经有人使用。");
    response.status(201).json({ user });
  });
  return router;
}
