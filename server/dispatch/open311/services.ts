import { DispatchError } from "../../../bots/errors.ts";
import type { Category } from "../../../bots/model/index.ts";
import type { Clock } from "../../../bots/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import { definitionDocument, serviceRows } from "./read-document.ts";

export interface Services {
  /** The code to file under, and every code that the same request may have been filed under before. */
  codesFor(category: Category | undefined): Promise<{ code: string; candidates: string[] }>;
  /** The attribute codes that a service defines. */
  attributesOf(code: string): Promise<ReadonlySet<string>>;
}

const isThere = (code: string | undefined): code is string => code !== undefined;

interface Service {
  name: string;
  metadata: boolean;
}

const FRESH_MS = 10 * 60_000;
/** The leaf 其他事项 of the 派单目录 of this house. */
const OTHER_LEAF = "999999";

/**
 * The services of the endpoint, asked for at most every ten minutes. The catalogue code is the service code; what the endpoint does
 * not know goes to `otherCode`, or to the service that is called 其他 or "other".
 */
export function createServices(options: { endpoint: Endpoint; clock: Clock; otherCode?: string }): Services {
  const { endpoint, clock } = options;
  const definitions = new Map<string, ReadonlySet<string>>();
  let cached: { services: Map<string, Service> | undefined; at: number } | undefined;

  async function list(): Promise<Map<string, Service> | undefined> {
    const now = clock.now().getTime();
    if (!cached || now - cached.at > FRESH_MS) {
      cached = { services: await fetchServices(endpoint), at: now };
      definitions.clear();
    }
    return cached.services;
  }

  return {
    async codesFor(category) {
      const services = await list();
      const other = options.otherCode ?? otherOf(services);
      const code = category && (!services || services.has(category.code)) ? category.code : other;
      if (code === undefined) {
        throw new DispatchError("the dispatch system has no service for other matters; name one in the configuration", {
          retryable: true,
        });
      }
      const candidates = [code, other].filter((one) => one !== undefined && (!services || services.has(one)));
      return { code, candidates: [...new Set(candidates.length > 0 ? candidates : [code])].filter(isThere) };
    },
    async attributesOf(code) {
      const services = await list();
      if (services?.get(code)?.metadata !== true) return new Set();
      const known = definitions.get(code) ?? (await fetchAttributes(endpoint, code));
      definitions.set(code, known);
      return known;
    },
  };
}

/** `undefined` when the endpoint keeps no list. */
async function fetchServices(endpoint: Endpoint): Promise<Map<string, Service> | undefined> {
  const answer = await endpoint.get("services", {});
  const rows = serviceRows.safeParse(answer.kind === "ok" ? answer.body : undefined);
  if (!rows.success) return undefined;
  return new Map(
    rows.data.flatMap((row) =>
      row.service_code === undefined
        ? []
        : [[row.service_code, { name: row.service_name ?? "", metadata: row.metadata === "true" }] as const],
    ),
  );
}

function otherOf(services: Map<string, Service> | undefined): string | undefined {
  if (!services || services.has(OTHER_LEAF)) return OTHER_LEAF;
  return [...services].find(([code, { name }]) => /^其[他它]|\bother\b/i.test(name) || /^other$/i.test(code))?.[0];
}

async function fetchAttributes(endpoint: Endpoint, code: string): Promise<ReadonlySet<string>> {
  const answer = await endpoint.get(`services/${encodeURIComponent(code)}`, {});
  const definition = definitionDocument.safeParse(answer.kind === "ok" ? answer.body : undefined);
  return new Set(definition.success ? definition.data.attributes.flatMap((row) => row.code ?? []) : []);
}
