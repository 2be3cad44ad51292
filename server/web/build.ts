import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isFresh, sourceHash, writeStamp } from "./build-stamp.ts";
import { firstLoadBytes, overBudget, type PageSize } from "./script-size.ts";

/** A page is a folder with an `index.html`. `budgetBytes` limits its first load of script, gzip. */
export interface Page {
  name: string;
  budgetBytes?: number;
}

/** The chat page opens in a phone's web view, often on a poor line. */
export const pages: Page[] = [{ name: "chat", budgetBytes: 200_000 }, { name: "staff" }];

/**
 * Builds every page below `root` into `outDir` (`{page}/index.html`, `assets/{page}/…` with hashed names). `outDir` is replaced
 * only when all pages are built and within their budgets; otherwise throws and leaves it as it was.
 */
export async function buildPages(options: {
  root: string;
  outDir: string;
  pages: Page[];
  stamp: string;
}): Promise<PageSize[]> {
  const { root, outDir } = options;
  const workDir = `${outDir}.building`;
  await rm(workDir, { recursive: true, force: true });
  const sizes: PageSize[] = [];
  for (const page of options.pages) {
    sizes.push({ ...page, gzipBytes: await buildPage(root, page.name, workDir) });
  }
  const tooLarge = overBudget(sizes);
  if (tooLarge.length > 0) {
    await rm(workDir, { recursive: true, force: true });
    throw new Error(tooLarge.join("\n"));
  }
  await writeStamp(workDir, options.stamp);
  await mkdir(dirname(outDir), { recursive: true });
  await rm(outDir, { recursive: true, force: true });
  await rename(workDir, outDir);
  return sizes;
}

async function buildPage(root: string, name: string, outDir: string): Promise<number> {
  const { build } = await import("vite");
  const { default: react } = await import("@vitejs/plugin-react");
  const result = await build({
    root,
    base: "/",
    configFile: false,
    logLevel: "warn",
    plugins: [react()],
    // The kits' ES modules instead of their bundles for script tags, so that only what is used comes along.
    resolve: { mainFields: ["module", "browser", "main"] },
    css: { postcss: { plugins: [withoutForeignFonts] } },
    build: {
      outDir,
      emptyOutDir: false,
      target: ["es2020", "chrome80", "safari14"],
      assetsDir: `assets/${name}`,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: join(root, name, "index.html") },
    },
  });
  if (!("output" in result)) throw new Error(`vite gave no single output for page ${name}`);
  return firstLoadBytes(result.output);
}

/** The chat kit's style sheet fetches fonts from its vendor's servers; our pages load nothing from elsewhere. */
const withoutForeignFonts = {
  postcssPlugin: "without-foreign-fonts",
  AtRule: {
    "font-face": (rule: { toString(): string; remove(): void }) => {
      if (/url\(["']?(https?:)?\/\//.test(rule.toString())) rule.remove();
    },
  },
};

async function main(ifStale: boolean): Promise<void> {
  const root = dirname(fileURLToPath(import.meta.url));
  const project = resolve(root, "../..");
  const outDir = join(project, "dist/web");
  const stamp = await sourceHash(root, join(project, "package-lock.json"));
  if (ifStale && (await isFresh(outDir, stamp))) return;
  if (ifStale && !(await hasVite())) {
    console.error("pages: vite is not installed here (npm ci --omit=dev); dist/web is used as it is");
    return;
  }
  for (const { name, gzipBytes } of await buildPages({ root, outDir, pages, stamp })) {
    console.error(`pages: ${name} built, first load ${(gzipBytes / 1000).toFixed(1)} kB of script (gzip)`);
  }
}

const hasVite = () =>
  import("vite").then(
    () => true,
    () => false,
  );

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv.includes("--if-stale")).catch((error: unknown) => {
    console.error(error instanceof Error ? `pages: ${error.message}` : error);
    process.exitCode = 1;
  });
}
