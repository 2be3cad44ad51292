import { join } from "node:path";
import type { Clock, DispatchClient, Store } from "../../bots/ports.ts";
import { createDesk, type Desk, deskMigrationsDir } from "../desk/desk.ts";
import type { ComposeOptions } from "../house.ts";
import type { Seal } from "../store/seal.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import type { Understanding } from "../understanding.ts";
import { createEmbeddedDispatch } from "./embedded.ts";

/** The city's own dispatch system where one is configured, else the embedded desk with its file in `dataDir`. */
export function openDispatch(
  options: ComposeOptions,
  rooms: { store: Store; clock: Clock; seal: Seal; understanding: Understanding },
): { client: DispatchClient; desk?: Desk; closeDesk(): Promise<void> } {
  const { store, clock, seal, understanding } = rooms;
  if (options.dispatch) {
    return { client: options.dispatch({ store, clock, log: options.log }), closeDesk: async () => undefined };
  }
  const file = join(options.dataDir, "desk.sqlite");
  const database = openDatabase({ file, migrationsDir: deskMigrationsDir });
  const { catalogueData: catalogue, divisions } = understanding;
  const desk = createDesk({ database, seal, catalogue, divisions, clock });
  return { client: createEmbeddedDispatch(desk), desk, closeDesk: () => database.close() };
}
