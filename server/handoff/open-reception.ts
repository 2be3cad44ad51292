import { createAttendedRouter } from "../../bots/attended.ts";
import { createAttending } from "../../bots/attending.ts";
import { type ContextParts, contextOf } from "../../bots/engine.ts";
import type { Logger } from "../../bots/ports.ts";
import { createRouter, type Router } from "../../bots/router.ts";
import { attendedWords, createFlows, engineWords, routes } from "../../flows/index.ts";
import { createStaffNumbers } from "../staff/numbers.ts";
import type { SqliteDatabase } from "../store/sqlite/database.ts";
import type { SqliteStore } from "../store/sqlite/store.ts";
import { createReception, type Reception } from "./reception.ts";
import { type HandoffSettings, hoursText, termsOf } from "./settings.ts";

/** The dialogues with people beside them: the router that the engine asks, and the operators' side of it. */
export function openReception(options: {
  parts: ContextParts;
  store: SqliteStore;
  database: SqliteDatabase;
  settings: HandoffSettings;
  publicUrl?: string;
  log: Logger;
  onCommitted(): void;
}): { router: Router; reception: Reception } {
  const { parts, store, settings, log, onCommitted } = options;
  const flows = createFlows({ publicUrl: options.publicUrl });
  const router = createRouter({ flows, routes, words: engineWords });
  const words = attendedWords(hoursText(settings));
  const terms = termsOf(settings);
  const numbers = createStaffNumbers(options.database);
  const reception = createReception({
    store,
    attending: createAttending({ router, flows, words, terms, contextOf: (...turn) => contextOf(parts, ...turn) }),
    attendantOf: async ({ username, name }) => ({
      username,
      label: settings.showNames ? `工作人员 ${name}` : `工作人员 ${await numbers.of(username)} 号`,
    }),
    triage: parts.triage,
    gazetteer: parts.gazetteer,
    clock: parts.clock,
    log,
    onCommitted,
  });
  const attended = createAttendedRouter({
    router,
    words: { ...words, danger: engineWords.danger },
    queue: store,
    terms,
  });
  return { router: attended, reception };
}
