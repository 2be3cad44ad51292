/** The addresses of one Azure, without a slash at their ends. */
export interface Cloud {
  /** Where the bot gets its own token. */
  tokenUrl: string;
  scope: string;
  /** Who signs what comes from the Bot Connector service, and with which keys. */
  issuer: string;
  openIdMetadata: string;
  /** The same of the Emulator, which signs as the bot itself. */
  emulatorIssuers: string[];
  emulatorOpenIdMetadata: string;
}

export type CloudName = "public" | "china";

/** Tenants that the Emulator takes its tokens from ("Authenticate requests from the Bot Framework Emulator to your bot"). */
const EMULATOR_TENANTS = ["d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a"];

/**
 * "Bot Connector authentication" for the public cloud, "Deploy a bot to Azure operated by 21Vianet" for the Chinese one. `apiBase`: one
 * host in place of both that sign in and tell keys. `tenantId`: where the bot is registered; a bot of many tenants has none.
 */
export function cloudOf(name: CloudName, options: { tenantId?: string; apiBase?: string }): Cloud {
  const { tenantId = "botframework.com", apiBase } = options;
  const isChina = name === "china";
  const login = apiBase ?? (isChina ? "https://login.partner.microsoftonline.cn" : "https://login.microsoftonline.com");
  const keys = apiBase ?? (isChina ? "https://login.botframework.azure.cn" : "https://login.botframework.com");
  const service = isChina ? "https://api.botframework.azure.cn" : "https://api.botframework.com";
  return {
    tokenUrl: `${login}/${tenantId}/oauth2/v2.0/token`,
    scope: `${service}/.default`,
    issuer: service,
    openIdMetadata: `${keys}/v1/.well-known/openidconfiguration`,
    emulatorIssuers: [...EMULATOR_TENANTS, tenantId].flatMap((tenant) => [
      `https://sts.windows.net/${tenant}/`,
      `https://login.microsoftonline.com/${tenant}/v2.0`,
    ]),
    emulatorOpenIdMetadata: `${login}/common/v2.0/.well-known/openid-configuration`,
  };
}
