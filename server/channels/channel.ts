import type { ChannelAdapter, Logger } from "../../bots/ports.ts";
import type { House } from "../house.ts";
import type { Mount } from "../http/app.ts";
import type { DescribeRoutes } from "../http/openapi.ts";
import type { MediaStore } from "../media/index.ts";

/** What a channel stands on when citizens begin to come in. */
export interface Behind {
  house: House;
  media: MediaStore;
  secretKey: string;
  log: Logger;
}

/** A chat platform's channel as the server sees it. */
export interface Channel {
  /** None where all that is said there goes out by another channel's adapter. */
  adapter?: ChannelAdapter;
  /** The way in, once there is a house behind it. */
  open(behind: Behind): Entrance;
}

export interface Entrance {
  /** Where the platform posts to; none where it is asked. */
  mounts: Mount[];
  /** What of it stands below `/api`, for the OpenAPI document. */
  describe?: DescribeRoutes;
  /** Begins to ask, or to listen, where nothing is posted. */
  start?(): void;
  /** Answers what is open and asks no more, so that the server can stop. */
  close?(): void | Promise<void>;
}
