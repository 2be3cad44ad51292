import { wecomClient } from "../channels/wecom.ts";
import type { Config } from "../config.ts";
import { putMenu } from "./account-menu.ts";

/** Puts the fixed menu on the app that the configuration names, and answers it as it was sent. Throws when the platform refuses it. */
export async function* wecomMenu(options: {
  config: Pick<Config, "wecom" | "publicUrl">;
  dataDir: string;
  secretKey: string;
}): AsyncGenerator<object> {
  const { wecom, publicUrl } = options.config;
  if (!wecom) throw new Error("企业微信 is not set up: set WECOM_CORP_ID, WECOM_AGENT_ID and the other three");
  yield* putMenu({ ...options, publicUrl, connect: (rooms) => wecomClient(wecom, rooms) });
}
