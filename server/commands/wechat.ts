import { wechatClient } from "../channels/wechat.ts";
import type { Config } from "../config.ts";
import { putMenu } from "./account-menu.ts";

/** Puts the fixed menu on the account that the configuration names, and answers it as it was sent. Throws when the platform refuses it. */
export async function* wechatMenu(options: {
  config: Pick<Config, "wechat" | "publicUrl">;
  dataDir: string;
  secretKey: string;
}): AsyncGenerator<object> {
  const { wechat, publicUrl } = options.config;
  if (!wechat) throw new Error("the 公众号 is not set up: set WECHAT_APP_ID, WECHAT_APP_SECRET and WECHAT_TOKEN");
  yield* putMenu({ ...options, publicUrl, connect: (rooms) => wechatClient(wechat, rooms) });
}
