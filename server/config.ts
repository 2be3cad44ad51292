import { z } from "zod";
import { parseHours, type ServiceHours } from "../flows/index.ts";
import { type ChannelConfigs, channelFaults, channelsOf, channelVariables } from "./channels/config.ts";
import { defaultQuietHours, parseQuietHours, type QuietHours } from "./delivery/quiet-hours.ts";
import { defaultSettings, type HandoffSettings } from "./handoff/settings.ts";

/** Everything the environment decides, read once. Secrets have no default; what may be unset is optional here. */
export interface Config extends ChannelConfigs {
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
  /** The language model that makes reading better; without one everything works by rules. */
  model?: ModelConfig;
  /** The model that makes vectors of entries and questions; without one search goes by words. */
  embeddings?: ModelConfig;
  handoff: HandoffSettings;
  /** When nobody is woken by news; no such time when absent. */
  quiet?: QuietHours;
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

const minutes = (name: string) =>
  z.coerce
    .number({ error: `${name} must be a number of minutes from 1 to 1440` })
    .min(1, `${name} must be at least 1 minute`)
    .max(1440, `${name} must be at most 1440 minutes, which is a day`);

const hours = z.string().transform((text, context): ServiceHours => {
  const read = parseHours(text);
  if ("hours" in read) return read.hours;
  context.addIssue({ code: "custom", message: read.fault });
  return z.NEVER;
});

const quietHours = z.string().transform((text, context): { quiet: QuietHours | undefined } => {
  const read = parseQuietHours(text);
  if ("quiet" in read) return read;
  context.addIssue({ code: "custom", message: read.fault });
  return z.NEVER;
});

export interface ModelConfig {
  name: string;
  baseUrl: string;
  apiKey?: string;
  dailyCalls: number;
}

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
  OPENAI_API_KEY: z.string().min(1).optional(),
  OPENAI_BASE_URL: url("OPENAI_BASE_URL").optional(),
  OPENAI_MODEL: z.string().min(1).optional(),
  OPENAI_EMBEDDING_MODEL: z.string().min(1).optional(),
  MODEL_DAILY_CALLS: z.coerce
    .number({ error: "MODEL_DAILY_CALLS must be a whole number of calls a day" })
    .int("MODEL_DAILY_CALLS must be a whole number of calls a day")
    .min(1, "MODEL_DAILY_CALLS must be at least 1; unset OPENAI_MODEL to do without a language model")
    .default(10_000),
  HANDOFF_HOURS: hours.optional(),
  HANDOFF_WAIT_MINUTES: minutes("HANDOFF_WAIT_MINUTES").optional(),
  HANDOFF_SILENT_MINUTES: minutes("HANDOFF_SILENT_MINUTES").optional(),
  HANDOFF_SHOW_NAMES: z.enum(["true", "false"], { error: "HANDOFF_SHOW_NAMES must be true or false" }).default("false"),
  QUIET_HOURS: quietHours.default({ quiet: defaultQuietHours }),
  ...channelVariables,
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
    handoff: handoffOf(values),
    ...values.QUIET_HOURS,
    ...dispatchOf(values),
    model: modelOf(values, values.OPENAI_MODEL),
    embeddings: modelOf(values, values.OPENAI_EMBEDDING_MODEL),
    ...channelsOf(values),
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
  return [...faults, ...modelFaults(values), ...channelFaults(values)];
}

const MINUTE_MS = 60_000;

function handoffOf(values: Environment): HandoffSettings {
  const { HANDOFF_HOURS, HANDOFF_WAIT_MINUTES, HANDOFF_SILENT_MINUTES, HANDOFF_SHOW_NAMES } = values;
  return {
    hours: HANDOFF_HOURS ?? defaultSettings.hours,
    waitMs: HANDOFF_WAIT_MINUTES ? HANDOFF_WAIT_MINUTES * MINUTE_MS : defaultSettings.waitMs,
    silentMs: HANDOFF_SILENT_MINUTES ? HANDOFF_SILENT_MINUTES * MINUTE_MS : defaultSettings.silentMs,
    showNames: HANDOFF_SHOW_NAMES === "true",
  };
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

const OPENAI = "https://api.openai.com/v1";

/** A key alone may lie in the environment for other programs; everything else was meant for this one. */
function modelFaults(values: Partial<Record<keyof Environment, string>>): string[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL, OPENAI_EMBEDDING_MODEL } = values;
  const hasServer = OPENAI_API_KEY !== undefined || OPENAI_BASE_URL !== undefined;
  const hasModel = OPENAI_MODEL !== undefined || OPENAI_EMBEDDING_MODEL !== undefined;
  const homeless = (name: string) =>
    `${name}: needs OPENAI_BASE_URL (any OpenAI-compatible server) or OPENAI_API_KEY (then ${OPENAI}); unset it to do without`;
  return [
    ...(OPENAI_MODEL && !hasServer ? [homeless("OPENAI_MODEL")] : []),
    ...(OPENAI_EMBEDDING_MODEL && !hasServer ? [homeless("OPENAI_EMBEDDING_MODEL")] : []),
    ...(OPENAI_BASE_URL && !hasModel
      ? ["OPENAI_BASE_URL: name the model of that server in OPENAI_MODEL, or unset it to do without"]
      : []),
  ];
}

function modelOf(values: Environment, name: string | undefined): ModelConfig | undefined {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL, MODEL_DAILY_CALLS: dailyCalls } = values;
  if (name === undefined || (apiKey === undefined && OPENAI_BASE_URL === undefined)) return undefined;
  return { name, baseUrl: (OPENAI_BASE_URL ?? OPENAI).replace(/\/+$/, ""), apiKey, dailyCalls };
}

/**
 * Variables by which the libraries behind the language model and community groups would print, trace or send elsewhere what citizens
 * write, let others steer the process, or send a key that was not meant for the configured server.
 */
const LIBRARY_SWITCHES =
  /^(?:WECHATY_(?:LOG|TOKEN|RAVEN_DSN|NAME)$|LANGCHAIN_|LANGSMITH_|LANGGRAPH_|LC_OUTPUT_VERSION$|OPENAI_(?:LOG|CUSTOM_HEADERS|ADMIN_KEY|ORG_ID|ORGANIZATION|PROJECT_ID|API_BASE|WEBHOOK_SECRET)$)/;

/** Takes those variables out of `env` (normally `process.env`), to be called before such a library is loaded; they have no switch in code. */
export function dropLibrarySwitches(env: Record<string, string | undefined> = process.env): void {
  for (const name of Object.keys(env)) if (LIBRARY_SWITCHES.test(name)) delete env[name];
}
