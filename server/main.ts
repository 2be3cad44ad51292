import { BotError } from "../bots/errors.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createLogger } from "./log.ts";
import { start } from "./start.ts";

/** `npm start`: runs the server until it is told to stop. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  const running = await start({ config, log });
  announce(running.url, running.madeAdminPassword, running.house.desk ? running.open311Key : undefined);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info("stopping", { signal });
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error("stopping failed", { error: error instanceof Error ? error : new Error("not an error") });
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function announce(url: string, password: string | undefined, open311Key: string | undefined): void {
  console.log(`接诉 jiesu 已启动：
  市民对话  ${url}/
  工作人员  ${url}/staff/${password ? `   用户名 admin，初始密码 ${password}（只显示这一次）` : ""}${
    open311Key && password ? `\n  Open311   ${url}/open311/v2/   api_key ${open311Key}` : ""
  }`);
}

/** One line that says what to do where the cause lies outside; the whole error where it lies with us. */
function reasonOf(error: unknown): unknown {
  if (error instanceof ConfigError || error instanceof BotError) return error.message;
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  const hint = error.syscall === "listen" ? "set another PORT or HOST" : "check DATA_DIR";
  return `the server cannot start: ${error.message}; ${hint}`;
}

try {
  await main();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
