import type { Config } from "./config.ts";
import { createOpen311Dispatch } from "./dispatch/open311/client.ts";
import type { ComposeOptions } from "./house.ts";
import { createMediaLinks } from "./media/link.ts";

/** The dispatch system that the configuration names, for `compose`; nothing where the embedded desk takes its place. */
export function externalDispatch({ dispatch, publicUrl }: Config, secretKey: string): Pick<ComposeOptions, "dispatch"> {
  if (!dispatch) return {};
  return {
    dispatch: ({ store, clock, log }) => {
      const links = createMediaLinks({ secretKey, clock });
      return createOpen311Dispatch({
        baseUrl: dispatch.url,
        apiKey: dispatch.apiKey,
        clock,
        log,
        openNumbers: () => store.openNumbers(),
        loadRequest: (requestId) => store.loadRequest(requestId),
        ...(publicUrl
          ? { mediaUrl: (media: { id: string }) => `${publicUrl}/media/${media.id}?${links.sign(media.id)}` }
          : {}),
      });
    },
  };
}
