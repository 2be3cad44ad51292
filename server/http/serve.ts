import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Logger } from "../../bots/ports.ts";
import { createUndelivered } from "../delivery/undelivered.ts";
import { createDispatchCallbackRouter } from "../dispatch/callback.ts";
import type { House } from "../house.ts";
import type { MediaStore } from "../media/index.ts";
import { createMediaLinks } from "../media/link.ts";
import { createRequireStaff } from "../staff/guard.ts";
import type { Staff } from "../staff/staff.ts";
import { createPagesRouter } from "../web/pages.ts";
import type { PublicTicket } from "../web/ticket-html.ts";
import { createApp, type Mount } from "./app.ts";
import { createStaffMediaRouter } from "./desk/media.ts";
import { createDeskRouter } from "./desk/router.ts";
import { createTicketSight } from "./desk/sight.ts";
import { type ActivityLog, createDirectLine, DIRECT_LINE_PATH, type LimitOptions } from "./direct-line/index.ts";
import { createHandoffRouter } from "./handoff/router.ts";
import { createHealthRouter } from "./health.ts";
import { createKnowledgeRouter } from "./knowledge/router.ts";
import { createImportRouter } from "./knowledge-import/router.ts";
import { createMediaRouter } from "./media.ts";
import { createOpen311Router } from "./open311/router.ts";
import { createOpenApiRouter, type DescribeRoutes } from "./openapi.ts";
import { createSessionRouter } from "./session.ts";
import { createUndeliveredRouter } from "./undelivered/router.ts";

export interface ServeOptions {
  house: House;
  staff: Staff;
  activityLog: ActivityLog;
  media: MediaStore;
  secretKey: string;
  /** Keys with which others may file at the embedded desk through Open311. */
  open311Keys: string[];
  callbackSecret?: string;
  /** The ways in of chat platforms. */
  webhooks: Mount[];
  /** Their routes below `/api`. */
  describe: DescribeRoutes[];
  publicUrl?: string;
  host: string;
  /** 0 takes a free one. */
  port: number;
  log: Logger;
  limits?: LimitOptions;
}

export interface Serving {
  url: string;
  /** Stops listening, ends the streams, and resolves when no request is being answered any more. */
  close(): Promise<void>;
}

const distDir = join(import.meta.dirname, "../../dist/web");

/** Puts the house on the network. Rejects when the address is taken. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { house, log, publicUrl } = options;
  const directLine = createDirectLine({
    log: options.activityLog,
    receive: house.receive,
    media: options.media,
    secretKey: options.secretKey,
    clock: house.clock,
    logger: log,
    publicUrl,
    limits: options.limits,
  });
  const mounts: Mount[] = [
    { path: DIRECT_LINE_PATH, handler: directLine.router },
    {
      path: "/media",
      handler: createMediaRouter({
        media: options.media,
        identify: directLine.identify,
        links: createMediaLinks({ secretKey: options.secretKey, clock: house.clock }),
      }),
    },
    ...staffMounts(options),
    ...deskMounts(options),
    ...options.webhooks,
    { path: "/", handler: createHealthRouter({ readiness: readinessOf(house), registry: house.metrics.registry }) },
    { path: "/", handler: createPagesRouter({ distDir, find: (number) => publicTicket(house, number) }) },
  ];
  const server = createServer(createApp({ mounts, log, publicUrl }));
  server.on("upgrade", (request, socket, head) => {
    if (!directLine.upgrade(request, socket, head)) socket.destroy();
  });
  const { port } = await listen(server, options);
  return {
    url: `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`,
    async close() {
      await directLine.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}

function staffMounts({ house, staff, media, publicUrl, describe }: ServeOptions): Mount[] {
  const requireStaff = createRequireStaff(staff);
  const { desk, clock } = house;
  const secureCookie = publicUrl?.startsWith("https:") ?? false;
  const isUnit = (unitId: string) => desk?.units.get(unitId) !== undefined;
  return [
    { path: "/api", handler: createSessionRouter({ staff, requireStaff, secureCookie, ...(desk ? { isUnit } : {}) }) },
    { path: "/api", handler: createOpenApiRouter(describe) },
    {
      path: "/api/handoffs",
      handler: createHandoffRouter({ reception: house.reception, audit: house.store, media, requireStaff }),
    },
    {
      path: "/api/knowledge",
      handler: createImportRouter({ ...house.knowledgeRooms, clock, requireStaff }),
    },
    {
      path: "/api/knowledge",
      handler: createKnowledgeRouter({
        knowledge: house.knowledgeRooms,
        opinions: house.store,
        accounts: staff.accounts,
        requireStaff,
      }),
    },
    {
      path: "/api/undelivered",
      handler: createUndeliveredRouter({
        list: createUndelivered({ store: house.store, sight: createTicketSight(desk) }),
        requireStaff,
      }),
    },
    { path: "/api/desk/media", handler: createStaffMediaRouter({ media, requireStaff, desk }) },
    ...(desk ? [{ path: "/api/desk", handler: createDeskRouter({ desk, clock, requireStaff }) }] : []),
  ];
}

function deskMounts({ house, open311Keys, callbackSecret, publicUrl, log }: ServeOptions): Mount[] {
  const { desk, clock, gazetteer } = house;
  const mounts: Mount[] = [];
  if (desk) {
    const handler = createOpen311Router({ desk, apiKeys: open311Keys, clock, log, publicUrl, locate: gazetteer });
    mounts.push({ path: "/open311/v2", handler });
  }
  if (callbackSecret) {
    const { recordUpdate } = house;
    const handler = createDispatchCallbackRouter({ secret: callbackSecret, recordUpdate, clock, log });
    mounts.push({ path: "/api/dispatch/callback", handler });
  }
  return mounts;
}

const readinessOf = (house: House) => [
  { name: "store", check: () => house.store.nextJobAt() },
  {
    name: "index",
    async check() {
      await house.knowledge.refresh();
      house.metrics.knowledgeEntries.set(house.knowledge.size());
    },
  },
];

/** What anybody who has the number may know: how far the matter is, nothing that a person wrote. */
async function publicTicket(house: House, number: string): Promise<PublicTicket | undefined> {
  const ticket = await house.store.findTicket(number);
  if (!ticket) return undefined;
  const { status, unit, dueAt } = ticket;
  const ofTicket = ticket.updates.filter(({ voice }) => voice === undefined);
  const updates = ofTicket.map((update) => ({ at: update.at, status: update.status, unit: update.unit }));
  return { number, status, unit, dueAt, updates };
}

function listen(server: Server, { host, port }: ServeOptions): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });
}
