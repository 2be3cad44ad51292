import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The key that seals data at rest and signs tokens. Without one in the configuration it is made once in
 * `DATA_DIR/secret.key`, readable by the owner only; whoever loses the file loses what it sealed.
 */
export function loadSecretKey(options: { configured?: string; dataDir: string; warn(message: string): void }): string {
  if (options.configured) return options.configured;
  const file = join(options.dataDir, "secret.key");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(options.dataDir, { recursive: true });
  const key = randomBytes(48).toString("base64url");
  writeFileSync(file, `${key}\n`, { mode: 0o600, flag: "wx" });
  chmodSync(file, 0o600);
  options.warn(
    `SECRET_KEY is not set: made one in ${file}. Back it up apart from the data; set SECRET_KEY in production.`,
  );
  return key;
}
