import type { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import type { Address } from "./address.ts";
import type { ActivityToSend } from "./render.ts";

type Parts = Required<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>>;
type SignIn = Parts[1];
type Options = Parts[4];

/** One request to the Bot Connector service. Rejects when it is not taken. */
export type Transport = (request: { url: string; method: string; body: string }) => Promise<void>;

/** Puts activities into the requests of the Bot Connector API. `replyTo`: the activity that is answered, which matters in threads. */
export type Connector = (address: Address, activity: ActivityToSend, replyTo?: string) => Promise<void>;

/**
 * By way of botbuilder, which is loaded with the first activity that is sent: it is large, and its support has ended
 * (docs/adr/0014-bot-framework-behind-one-folder.md). Its own sign-in, retries and waiting without end are left out: the requests
 * go through `transport`.
 */
export function createConnector({ appId, transport }: { appId: string; transport: Transport }): Connector {
  let loading: ReturnType<typeof load> | undefined;

  async function load() {
    const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import("botbuilder");
    const options: Options = { httpClient: httpClientOver(transport) };
    return new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}, NO_SIGN_IN, undefined, undefined, options));
  }

  return async (address, activity, replyTo) => {
    loading ??= load();
    const adapter = await loading;
    await adapter.continueConversationAsync(appId, referenceTo(address), async (context) => {
      // The package makes up an activity to go on from; an answer to that would point nowhere.
      context.activity.id = replyTo;
      await context.sendActivity({ ...activity });
    });
  };
}

const referenceTo = ({ serviceUrl, channelId, conversation, bot, user }: Address) => ({
  serviceUrl,
  channelId,
  conversation: {
    ...conversation,
    name: "",
    isGroup: conversation.isGroup ?? false,
    conversationType: conversation.conversationType ?? "",
  },
  bot: { ...bot, name: "" },
  user: { ...user, name: "" },
});

/** The token is put on by the transport. */
const NO_SIGN_IN: SignIn = {
  createCredentials: async () => ({ signRequest: async (request) => request }),
  isValidAppId: async () => true,
  isAuthenticationDisabled: async () => false,
};

function httpClientOver(transport: Transport): NonNullable<Options["httpClient"]> {
  return {
    async sendRequest(request) {
      await transport({ url: request.url, method: request.method, body: String(request.body ?? "") });
      // Nothing of the answer is needed; the package only wants one that it can read.
      const headers = request.headers.clone();
      headers.set("content-type", "application/json");
      return { request, status: 200, headers, bodyAsText: "{}" };
    },
  };
}
