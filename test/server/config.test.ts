import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../server/config.ts";

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

describe("configuration", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toMatchObject({ host: "127.0.0.1", port: 3000, dataDir: "./data", logLevel: "info" });
  });

  it("takes an empty value as unset", () => {
    expect(readConfig({ PORT: "", SECRET_KEY: " ", DISPATCH_URL: "" }).port).toBe(3000);
  });

  it("reports every fault at once, each by its name", () => {
    const faults = faultsOf({
      PORT: "eighty",
      SECRET_KEY: "short",
      PUBLIC_URL: "ftp://x",
      ADMIN_PASSWORD: "1234",
      LOG_LEVEL: "loud",
    });
    expect(faults).toHaveLength(5);
    for (const name of ["PORT", "SECRET_KEY", "PUBLIC_URL", "ADMIN_PASSWORD", "LOG_LEVEL"]) {
      expect(faults.some((fault) => fault.startsWith(name))).toBe(true);
    }
  });

  it("refuses PostgreSQL with a sentence that says what to do", () => {
    expect(faultsOf({ DATABASE_URL: "postgres://localhost/x" })[0]).toMatch(/unset DATABASE_URL/);
  });

  it("wants a key with an external dispatch system", () => {
    expect(faultsOf({ DISPATCH_URL: "https://desk.example/open311/v2" })[0]).toMatch(/DISPATCH_API_KEY/);
    const config = readConfig({ DISPATCH_URL: "https://desk.example/open311/v2/", DISPATCH_API_KEY: "k" });
    expect(config.dispatch).toMatchObject({ url: "https://desk.example/open311/v2", apiKey: "k" });
  });

  it("without one, the key is for those who file at the embedded desk", () => {
    const config = readConfig({ DISPATCH_API_KEY: "city-key" });
    expect(config.dispatch).toBeUndefined();
    expect(config.open311Key).toBe("city-key");
  });

  it("takes a language model with a server or a key, and does without otherwise", () => {
    expect(readConfig({}).model).toBeUndefined();
    expect(readConfig({ OPENAI_API_KEY: "k" }).model).toBeUndefined();
    const local = readConfig({
      OPENAI_BASE_URL: "http://127.0.0.1:8000/v1/",
      OPENAI_MODEL: "qwen",
      MODEL_DAILY_CALLS: "5",
    });
    expect(local.model).toEqual({ name: "qwen", baseUrl: "http://127.0.0.1:8000/v1", dailyCalls: 5 });
    const { model } = readConfig({ OPENAI_API_KEY: "k", OPENAI_MODEL: "m" });
    expect(model).toEqual({ name: "m", apiKey: "k", baseUrl: "https://api.openai.com/v1", dailyCalls: 10_000 });
  });

  it.each([
    [{ OPENAI_MODEL: "m" }, /^OPENAI_MODEL: needs OPENAI_BASE_URL .* or OPENAI_API_KEY/],
    [{ OPENAI_EMBEDDING_MODEL: "m" }, /^OPENAI_EMBEDDING_MODEL: needs/],
    [{ OPENAI_BASE_URL: "http://127.0.0.1:8000/v1" }, /^OPENAI_BASE_URL: name the model/],
    [{ OPENAI_BASE_URL: "localhost", OPENAI_MODEL: "m" }, /^OPENAI_BASE_URL must be an http\(s\) address/],
    [{ OPENAI_API_KEY: "k", OPENAI_MODEL: "m", MODEL_DAILY_CALLS: "0" }, /^MODEL_DAILY_CALLS must be at least 1/],
    [
      { OPENAI_API_KEY: "k", OPENAI_MODEL: "m", MODEL_DAILY_CALLS: "many" },
      /^MODEL_DAILY_CALLS must be a whole number/,
    ],
    [{ OPENAI_API_KEY: "k", OPENAI_MODEL: "m", MODEL_DAILY_CALLS: "1.5" }, /^MODEL_DAILY_CALLS must be a whole number/],
  ])("refuses half a language model: %j", (env, fault) => {
    expect(faultsOf(env as Record<string, string>)).toEqual([expect.stringMatching(fault)]);
  });

  it("never repeats a secret in a fault", () => {
    expect(faultsOf({ SECRET_KEY: "hunter2", ADMIN_PASSWORD: "pw-secret" }).join()).not.toMatch(/hunter2|pw-secret/);
  });

  it("people attend every day from 8 to 20 unless told otherwise", () => {
    expect(readConfig({}).handoff).toEqual({
      hours: { spans: [{ days: [1, 2, 3, 4, 5, 6, 0], from: 480, to: 1200 }] },
      waitMs: 300_000,
      silentMs: 300_000,
      showNames: false,
    });
    const env = { HANDOFF_HOURS: "off", HANDOFF_WAIT_MINUTES: "2", HANDOFF_SHOW_NAMES: "true" };
    expect(readConfig(env).handoff).toMatchObject({ hours: { spans: [] }, waitMs: 120_000, showNames: true });
  });

  it("keeps nights quiet unless told otherwise, and says how to mend the hours", () => {
    expect(readConfig({}).quiet).toEqual({ from: 22 * 60, to: 8 * 60 });
    expect(readConfig({ QUIET_HOURS: "23:30-07:00" }).quiet).toEqual({ from: 1_410, to: 420 });
    expect(readConfig({ QUIET_HOURS: "off" }).quiet).toBeUndefined();
    expect(faultsOf({ QUIET_HOURS: "22-8" })).toEqual([expect.stringMatching(/^QUIET_HOURS: .*write "22:00-08:00"/)]);
  });

  it("says how to mend hours and minutes of people's service", () => {
    const faults = faultsOf({
      HANDOFF_HOURS: "8-20",
      HANDOFF_WAIT_MINUTES: "0",
      HANDOFF_SILENT_MINUTES: "soon",
      HANDOFF_SHOW_NAMES: "y",
    });
    expect(faults).toEqual([
      expect.stringMatching(/^HANDOFF_HOURS: .*write "Mon-Sun 08:00-20:00"/),
      expect.stringMatching(/^HANDOFF_WAIT_MINUTES must be at least 1/),
      expect.stringMatching(/^HANDOFF_SILENT_MINUTES must be a number/),
      expect.stringMatching(/^HANDOFF_SHOW_NAMES must be true or false/),
    ]);
  });

  const account = { WECHAT_APP_ID: "wx0123456789abcdef", WECHAT_APP_SECRET: "s", WECHAT_TOKEN: "token1" };

  it("switches the 公众号 on when its secrets are set, with or without encryption", () => {
    expect(readConfig({}).wechat).toBeUndefined();
    expect(readConfig(account).wechat).toMatchObject({ token: "token1", apiBase: "https://api.weixin.qq.com" });
    const WECHAT_ENCODING_AES_KEY = "a".repeat(43);
    const config = readConfig({ ...account, WECHAT_ENCODING_AES_KEY, WECHAT_API_BASE: "http://127.0.0.1:9/" });
    expect(config.wechat).toMatchObject({ encodingAesKey: WECHAT_ENCODING_AES_KEY, apiBase: "http://127.0.0.1:9" });
  });

  it("tells everything that is missing or wrong of a 公众号 set up by half, together with other faults", () => {
    const faults = faultsOf({ WECHAT_TOKEN: "a-b", WECHAT_ENCODING_AES_KEY: "short", PORT: "eighty" });
    for (const name of ["WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN", "WECHAT_ENCODING_AES_KEY", "PORT"]) {
      expect(
        faults.filter((fault) => fault.startsWith(name)),
        name,
      ).toHaveLength(1);
    }
    expect(faultsOf({ WECHAT_API_BASE: "https://gateway.example" })).toHaveLength(3);
    for (const fault of faultsOf({ ...account, WECHAT_API_BASE: "ftp://x", WECHAT_TEMPLATE_ID: "a b" })) {
      expect(fault).toMatch(/^WECHAT_(API_BASE|TEMPLATE_ID) must be/);
    }
  });

  it("switches the 小程序 on when its secrets are set, and tells all that is missing or wrong of one set up by half", () => {
    const program = {
      MINI_PROGRAM_APP_ID: "wx0123456789abcdef",
      MINI_PROGRAM_APP_SECRET: "s",
      MINI_PROGRAM_TOKEN: "token1",
    };
    expect(readConfig({}).miniProgram).toBeUndefined();
    expect(readConfig(program).miniProgram).toMatchObject({ token: "token1", apiBase: "https://api.weixin.qq.com" });
    const more = { MINI_PROGRAM_ENCODING_AES_KEY: "a".repeat(43), MINI_PROGRAM_API_BASE: "http://127.0.0.1:9/" };
    expect(readConfig({ ...program, ...more, MINI_PROGRAM_TEMPLATE_ID: "t-1" }).miniProgram).toMatchObject({
      encodingAesKey: "a".repeat(43),
      apiBase: "http://127.0.0.1:9",
      templateId: "t-1",
    });
    expect(faultsOf({ MINI_PROGRAM_TEMPLATE_ID: "t-1" })).toEqual([
      expect.stringMatching(/^MINI_PROGRAM_APP_ID: needed/),
      expect.stringMatching(/^MINI_PROGRAM_APP_SECRET: needed/),
      expect.stringMatching(/^MINI_PROGRAM_TOKEN: needed/),
    ]);
    const wrong = {
      MINI_PROGRAM_TOKEN: "a-b",
      MINI_PROGRAM_ENCODING_AES_KEY: "short",
      MINI_PROGRAM_API_BASE: "ftp://x",
    };
    for (const fault of faultsOf({ ...program, ...wrong })) expect(fault).toMatch(/^MINI_PROGRAM_\w+ must be/);
  });

  it("switches LINE on when both of its secrets are set, and tells what is missing of one set up by half", () => {
    const line = { LINE_CHANNEL_ACCESS_TOKEN: "token/+=", LINE_CHANNEL_SECRET: "s" };
    expect(readConfig({}).line).toBeUndefined();
    expect(readConfig(line).line).toEqual({ channelAccessToken: "token/+=", channelSecret: "s", apiBase: undefined });
    expect(readConfig({ ...line, LINE_API_BASE: "http://127.0.0.1:9/" }).line?.apiBase).toBe("http://127.0.0.1:9");
    expect(faultsOf({ LINE_CHANNEL_SECRET: "s" })).toEqual([
      expect.stringMatching(/^LINE_CHANNEL_ACCESS_TOKEN: needed/),
    ]);
    expect(faultsOf({ LINE_CHANNEL_ACCESS_TOKEN: "t" })).toEqual([
      expect.stringMatching(/^LINE_CHANNEL_SECRET: needed/),
    ]);
    expect(faultsOf({ LINE_API_BASE: "https://gateway.example" })).toHaveLength(2);
    expect(faultsOf({ ...line, LINE_API_BASE: "ftp://x", LINE_CHANNEL_ACCESS_TOKEN: "two\nlines" })).toHaveLength(2);
  });

  it("switches Telegram on with its token, and tells what is wrong or missing of it", () => {
    const token = `123456789:${"A".repeat(35)}`;
    expect(readConfig({}).telegram).toBeUndefined();
    expect(readConfig({ TELEGRAM_BOT_TOKEN: token }).telegram).toEqual({ token, apiBase: "https://api.telegram.org" });
    expect(faultsOf({ TELEGRAM_WEBHOOK_SECRET: "a-secret-of-sixteen" })).toEqual([
      expect.stringMatching(/^TELEGRAM_BOT_TOKEN: needed/),
    ]);
    const wrong = { TELEGRAM_BOT_TOKEN: "x", TELEGRAM_WEBHOOK_SECRET: "密", TELEGRAM_API_BASE: "ftp://x" };
    const faults = faultsOf(wrong);
    expect(faults).toHaveLength(3);
    for (const fault of faults) expect(fault).toMatch(/^TELEGRAM_\w+ must /);
  });
});
