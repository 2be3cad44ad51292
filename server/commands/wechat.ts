import { join } from "node:path";
import { accountMenu, type MenuEntry } from "../../flows/index.ts";
import { wechatClient } from "../channels/wechat.ts";
import type { Config } from "../config.ts";
import { createSeal } from "../store/seal.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { checkSeal } from "../store/sqlite/sealed-json.ts";

const migrationsDir = join(import.meta.dirname, "../store/sqlite/migrations");

/** Puts the fixed menu on the account that the configuration names, and answers it as it was sent. Throws when the platform refuses it. */
export async function* wechatMenu(options: {
  config: Pick<Config, "wechat" | "publicUrl">;
  dataDir: string;
  secretKey: string;
}): AsyncGenerator<object> {
  const { wechat, publicUrl } = options.config;
  if (!wechat) throw new Error("the 公众号 is not set up: set WECHAT_APP_ID, WECHAT_APP_SECRET and WECHAT_TOKEN");
  const seal = createSeal(options.secretKey);
  const database = openDatabase({ file: join(options.dataDir, "jiesu.sqlite"), migrationsDir });
  try {
    checkSeal(database, seal);
    const client = wechatClient(wechat, { database, seal, clock: { now: () => new Date() } });
    const menu = platformMenu(publicUrl);
    const sent = await client.createMenu(menu);
    if (sent.kind === "refused") throw new Error(`the menu was refused (${sent.code}): ${sent.why}`);
    yield menu;
  } finally {
    await database.close();
  }
}

/** "创建自定义菜单" (微信官方文档·公众号): three entries of four characters, five below each. */
function platformMenu(publicUrl: string | undefined): object {
  const click = ({ label, key }: MenuEntry) => ({ type: "click", name: label, key });
  const { first, more, page } = accountMenu;
  const view = publicUrl ? [{ type: "view", name: page, url: `${publicUrl}/` }] : [];
  return { button: [...first.map(click), { name: more.label, sub_button: [...more.entries.map(click), ...view] }] };
}
