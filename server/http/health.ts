import { Router } from "express";
import type { Registry } from "prom-client";

/** One thing the server needs before it can serve; the promise rejects while it is missing. */
export interface ReadinessCheck {
  name: string;
  check(): Promise<unknown>;
}

/** `GET /healthz`: the process lives. `GET /readyz`: 200 or 503 with the names of what is missing. `GET /metrics`: Prometheus text. */
export function createHealthRouter(options: { readiness: ReadinessCheck[]; registry: Registry }): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok" });
  });
  router.get("/readyz", async (_request, response) => {
    const results = await Promise.allSettled(options.readiness.map(({ check }) => check()));
    const missing = options.readiness
      .filter((_, index) => results[index]?.status === "rejected")
      .map(({ name }) => name);
    response
      .status(missing.length === 0 ? 200 : 503)
      .json({ status: missing.length === 0 ? "ready" : "not ready", missing });
  });
  router.get("/metrics", async (_request, response) => {
    response.type(options.registry.contentType).send(await options.registry.metrics());
  });
  return router;
}
