import { join } from "node:path";
import { openDatabase } from "../../../server/store/sqlite/database.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");

/** An empty database of the bot that nobody else has. */
export const openMemory = () => openDatabase({ file: ":memory:", migrationsDir });
