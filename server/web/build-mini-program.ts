import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export interface MiniProgramBuild {
  /** The client's sources. */
  root: string;
  /** Replaced as a whole; what 微信开发者工具 opens. */
  outDir: string;
  /** Scheme and host that the mini-program asks, without a slash at its end. */
  server: string;
  appId: string;
}

/** What WeChat reads as it is; `tsconfig.json` is only for the type check. */
const AS_IT_IS = /\.(?:wxml|wxss|json)$/;

/**
 * The native mini-program as WeChat runs it: CommonJS files of its own names, because neither its compiler nor its runtime knows imports
 * with `.ts`. Pages are those of `app.json`; what they share stands in `common/`.
 */
export async function buildMiniProgram({ root, outDir, server, appId }: MiniProgramBuild): Promise<void> {
  const { build } = await import("vite");
  const { pages } = JSON.parse(await readFile(join(root, "app.json"), "utf8")) as { pages: string[] };
  const entry = Object.fromEntries(["app", ...pages].map((name) => [name, join(root, `${name}.ts`)]));
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { __SERVER__: JSON.stringify(server.replace(/\/+$/, "")) },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2018",
      minify: false,
      lib: { entry, formats: ["cjs"], fileName: (_format, name) => `${name}.js` },
      rolldownOptions: { output: { chunkFileNames: "common/[name].js" } },
    },
  });
  for (const file of await readdir(root, { recursive: true })) {
    if (!AS_IT_IS.test(file) || file === "tsconfig.json") continue;
    await mkdir(dirname(join(outDir, file)), { recursive: true });
    await cp(join(root, file), join(outDir, file));
  }
  const project = JSON.parse(await readFile(join(root, "project.config.json"), "utf8")) as object;
  await writeFile(join(outDir, "project.config.json"), `${JSON.stringify({ ...project, appid: appId }, null, 2)}\n`);
}

const USAGE = "npm run build:mini-program -- --server https://12345.example.gov.cn [--app-id wx0123456789abcdef]";

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { server: { type: "string" }, "app-id": { type: "string" } } });
  const { server, "app-id": appId = "touristappid" } = values;
  if (!server || !/^https?:\/\/[^/]+\/?$/.test(server))
    throw new Error(`--server must be an http(s) address: ${USAGE}`);
  const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
  const outDir = join(project, "dist/mini-program");
  await buildMiniProgram({ root: join(project, "adapters/mini-program/client"), outDir, server, appId });
  console.error(`mini-program: built for ${server}; open ${outDir} in 微信开发者工具`);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? `mini-program: ${error.message}` : error);
    process.exitCode = 1;
  });
}
