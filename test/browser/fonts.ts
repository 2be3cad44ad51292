import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Fonts {
  /** For FONTCONFIG_FILE. */
  configFile: string;
  /** At once, for it is done when the browser has gone and the tests may be over. */
  remove(): void;
}

/** The two weights that the pages use. */
const WEIGHTS = ["400Regular", "700Bold"];

/**
 * Noto Sans SC as it comes by npm (SIL Open Font License), made known to fontconfig: a machine without any Chinese font shows
 * words and not boxes, and all machines draw the same pictures. The files have to be TrueType: Chromium reads no font of the
 * system in WOFF.
 */
export async function prepareFonts(): Promise<Fonts> {
  const home = await mkdtemp(join(tmpdir(), "jiesu-fonts-"));
  const configFile = join(home, "fonts.conf");
  const dirs = WEIGHTS.map((weight) => `<dir>${join(packageDir(), weight)}</dir>`);
  await writeFile(
    configFile,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${dirs.join("")}<cachedir>${join(home, "cache")}</cachedir></fontconfig>
`,
  );
  return { configFile, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }) };
}

/** CHINESE_FONT_DIR stands in where the package is not installed. */
const packageDir = (): string =>
  process.env.CHINESE_FONT_DIR ||
  dirname(fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans-sc/package.json")));
