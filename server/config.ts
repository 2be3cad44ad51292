import { z } from "zod";

/** Everything the environment decides, read once. Secrets have no default; what may be unset is optional here. */
export interface Config {
  host: string;
  port: number;
  dataDir: string;
  databaseUrl?: string;
  secretKey?: string;
  publicUrl?: string;
  adminPassword?: string;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** The city's own dispatch system; the embedded desk when absent. */
  dispatch?: { url: string; apiKey: string; callbackSecret?: string };
  /** Without a dispatch system of the city's own: the key with which others file at the embedded desk. */
  open311Key?: string;
}

/** All faults of the configuration at once, each with how to mend it. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: string[];

  constructor(faults: string[]) {
    super(`the configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.faults = faults;
  }
}

const url = (what: string) =>
  z.url({ protocol: /^https?$/, error: `${what} must be an http(s) address, like https://12345.example.gov.cn` });

const environment = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number({ error: "PORT must be a number from 0 to 65535" }).int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().min(1).default("./data"),
  DATABASE_URL: z
    .string()
    .startsWith("postgres", "DATABASE_URL must start with postgres://; leave it unset for SQLite in DATA_DIR")
    .optional(),
  SECRET_KEY: z
    .string()
    .min(32, "SECRET_KEY must have at least 32 characters; `openssl rand -base64 48` makes one")
    .optional(),
  PUBLIC_URL: url("PUBLIC_URL").optional(),
  ADMIN_PASSWORD: z.string().min(10, "ADMIN_PASSWORD must have at least 10 characters").optional(),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
  DISPATCH_URL: url("DISPATCH_URL").optional(),
  DISPATCH_API_KEY: z.string().min(1).optional(),
  DISPATCH_CALLBACK_SECRET: z.string().min(16, "DISPATCH_CALLBACK_SECRET must have at least 16 characters").optional(),
});

/**
 * Reads the configuration from `env` (normally `process.env`). An empty value counts as unset.
 * Throws a ConfigError that lists every fault.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue));
  const faults = [...wrong, ...crossFaults(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const values = parsed.data;
  return {
    host: values.HOST,
    port: values.PORT,
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    secretKey: values.SECRET_KEY,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, ""),
    adminPassword: values.ADMIN_PASSWORD,
    logLevel: values.LOG_LEVEL,
    ...dispatchOf(values),
  };
}

type Environment = z.infer<typeof environment>;

const faultOf = (issue: z.core.$ZodIssue): string => {
  const name = issue.path.join(".");
  return issue.message.startsWith(name) ? issue.message : `${name}: ${issue.message}`;
};

/** Faults that no variable has by itself. Looks at what was given, so that they are told together with the others. */
function crossFaults(values: Partial<Record<keyof Environment, string>>): string[] {
  const faults: string[] = [];
  if (values.DATABASE_URL?.startsWith("postgres")) {
    faults.push(
      "DATABASE_URL: this version keeps its data in SQLite only; unset DATABASE_URL, the data then lies in DATA_DIR",
    );
  }
  if (values.DISPATCH_URL && !values.DISPATCH_API_KEY) {
    faults.push("DISPATCH_API_KEY: needed with DISPATCH_URL; ask the operator of the dispatch system for one");
  }
  return faults;
}

function dispatchOf(values: Environment): Pick<Config, "dispatch" | "open311Key"> {
  const { DISPATCH_URL, DISPATCH_API_KEY, DISPATCH_CALLBACK_SECRET } = values;
  if (!DISPATCH_URL) return { open311Key: DISPATCH_API_KEY };
  if (!DISPATCH_API_KEY) return {};
  return {
    dispatch: {
      url: DISPATCH_URL.replace(/\/+$/, ""),
      apiKey: DISPATCH_API_KEY,
      callbackSecret: DISPATCH_CALLBACK_SECRET,
    },
  };
}
