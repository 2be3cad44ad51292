import type { Call } from "../call.ts";
import type { Attention, Queue } from "./model.ts";

export interface ReceptionApi {
  queue(signal?: AbortSignal): Promise<Queue>;
  read(id: string, signal?: AbortSignal): Promise<Attention>;
  take(id: string): Promise<Attention>;
  /** The same key again is said once. */
  say(id: string, said: { key: string; text: string }): Promise<Attention>;
  edit(id: string, change: { name: string; value: string; was: string }): Promise<Attention>;
  /** Puts a file of the citizen into the form. */
  attach(id: string, mediaId: string): Promise<Attention>;
  giveBack(id: string, note: string): Promise<void>;
}

export function createReceptionApi(call: Call): ReceptionApi {
  const path = (id: string, deed = "") => `/handoffs/${encodeURIComponent(id)}${deed}`;
  return {
    queue: (signal) => call("GET", "/handoffs", undefined, signal),
    read: (id, signal) => call("GET", path(id), undefined, signal),
    take: (id) => call("POST", path(id, "/take"), {}),
    say: (id, said) => call("POST", path(id, "/say"), said),
    edit: (id, change) => call("POST", path(id, "/form"), { key: newKey(), ...change }),
    attach: (id, mediaId) => call("POST", path(id, "/evidence"), { mediaId }),
    giveBack: (id, note) => call("POST", path(id, "/return"), note === "" ? {} : { note }),
  };
}

/** `crypto.randomUUID` is there only on https pages, and many a city's console runs on plain http inside the house. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Where a citizen's file of this conversation lies. */
export const fileAddress = (id: string, fileId: string): string =>
  `/api/handoffs/${encodeURIComponent(id)}/media/${encodeURIComponent(fileId)}`;
