import { join } from "node:path";
import { accountMenu, type MenuEntry } from "../../flows/index.ts";
import type { Rooms } from "../house.ts";
import { createSeal } from "../store/seal.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { checkSeal } from "../store/sqlite/sealed-json.ts";

const migrationsDir = join(import.meta.dirname, "../store/sqlite/migrations");

type MenuClient = {
  createMenu(menu: object): Promise<{ kind: "sent" } | { kind: "refused"; code: number; why: string }>;
};

/** Puts the fixed menu where `connect` leads, and answers it as it was sent. Throws when the platform refuses it. */
export async function* putMenu(options: {
  connect(rooms: Rooms): MenuClient;
  publicUrl: string | undefined;
  dataDir: string;
  secretKey: string;
}): AsyncGenerator<object> {
  const seal = createSeal(options.secretKey);
  const database = openDatabase({ file: join(options.dataDir, "jiesu.sqlite"), migrationsDir });
  try {
    checkSeal(database, seal);
    const client = options.connect({ database, seal, clock: { now: () => new Date() } });
    const menu = platformMenu(options.publicUrl);
    const sent = await client.createMenu(menu);
    if (sent.kind === "refused") throw new Error(`the menu was refused (${sent.code}): ${sent.why}`);
    yield menu;
  } finally {
    await database.close();
  }
}

/** "创建自定义菜单" (微信官方文档·公众号) and "创建菜单" (企业微信开发者中心): three entries of four characters, five below each. */
function platformMenu(publicUrl: string | undefined): object {
  const click = ({ label, key }: MenuEntry) => ({ type: "click", name: label, key });
  const { first, more, page } = accountMenu;
  const view = publicUrl ? [{ type: "view", name: page, url: `${publicUrl}/` }] : [];
  return { button: [...first.map(click), { name: more.label, sub_button: [...more.entries.map(click), ...view] }] };
}
