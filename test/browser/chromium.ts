import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";
import { prepareFonts } from "./fonts.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** Where Debian's package `chromium` puts it. */
const DEBIAN = "/usr/bin/chromium";

/**
 * Starts a headless Chromium: the one named by CHROMIUM_PATH, else Debian's, else the one that npm brought (Linux on x64). Only
 * the browser's own process sees the settings for its libraries and fonts.
 */
export async function launchChromium(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH || (existsSync(DEBIAN) ? DEBIAN : undefined);
  const found = named === undefined ? await unpackedChromium() : { executablePath: named, env: {} };
  const fonts = await prepareFonts();
  // Without a locale of UTF-8, Chromium loses Chinese names of downloads.
  const locale = { LC_ALL: "C.UTF-8" };
  const env = { ...definedOf(process.env), ...locale, ...found.env, FONTCONFIG_FILE: fonts.configFile };
  try {
    const browser = await chromium.launch({ executablePath: found.executablePath, args: FLAGS, env });
    browser.once("disconnected", fonts.remove);
    return browser;
  } catch (error) {
    fonts.remove();
    throw error;
  }
}

const definedOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));

/**
 * npm's Chromium, with the shared libraries of NSS, NSPR and expat that a bare Debian lacks (built for Amazon Linux 2023, whose
 * C library is older than Debian's).
 */
async function unpackedChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const archives = join(dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "../bin");
  const { size } = await stat(join(archives, "chromium.br"));
  const root = fileURLToPath(new URL("../../node_modules/", import.meta.url));
  // Another version of the package has an archive of another size, and so a folder of its own.
  const home = join(root, `.cache/chromium-for-tests-${size}`);
  if (!existsSync(home)) await unpack(archives, home);
  return { executablePath: join(home, "chromium"), env: { LD_LIBRARY_PATH: join(home, "al2023/lib") } };
}

/** `home` is there only when everything is in it. */
async function unpack(archives: string, home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}-`);
  const tmpBefore = process.env.TMPDIR;
  // The package unpacks into the folder for temporary files, and takes for whole whatever an earlier attempt left there.
  process.env.TMPDIR = staging;
  try {
    for (const archive of ["chromium.br", "al2023.tar.br"]) await inflate(join(archives, archive));
    await rename(staging, home);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another run may have been quicker.
    if (!existsSync(home)) throw error;
  } finally {
    if (tmpBefore === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = tmpBefore;
  }
}
