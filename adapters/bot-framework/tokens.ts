import { type CryptoKey, decodeJwt, decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { DeliveryError } from "../../bots/errors.ts";
import type { Clock } from "../../bots/ports.ts";
import type { Origin } from "./activity.ts";
import type { Cloud } from "./cloud.ts";

/** Why a request is not believed. `other-origin`: a good token, but for another channel or another service address. */
export type TokenFault = "no-token" | "bad-token" | "expired" | "other-origin";

export type Judgement =
  | { kind: "refused"; fault: TokenFault }
  /** Comes from the platform and is meant for this bot; `vouchesFor` says whether for an activity of this origin, too. */
  | { kind: "believed"; vouchesFor(origin: Origin): boolean };

export interface TokenJudge {
  /** Of the header `Authorization`. Throws a retryable DeliveryError when the platform's keys cannot be had. */
  judge(authorization: string | undefined): Promise<Judgement>;
}

export interface TokenJudgeOptions {
  appId: string;
  cloud: Cloud;
  /** Whether the Emulator on the developer's own machine is believed as well. */
  allowEmulator: boolean;
  clock: Clock;
}

/** What the platform's metadata document names. */
const ALGORITHM = "RS256";
const CLOCK_TOLERANCE_SECONDS = 300;

/** "Authenticate requests from the Bot Connector service to your bot" and "… from the Bot Framework Emulator" (Bot Connector authentication). */
export function createTokenJudge({ appId, cloud, allowEmulator, clock }: TokenJudgeOptions): TokenJudge {
  const keys = createKeys(cloud.openIdMetadata, clock);
  const emulatorKeys = createKeys(cloud.emulatorOpenIdMetadata, clock);

  async function verified(token: string, key: CryptoKey, issuer: string | string[]): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience: appId,
      algorithms: [ALGORITHM],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: clock.now(),
      requiredClaims: ["exp", "iss", "aud"],
    });
    return payload;
  }

  async function fromPlatform(token: string): Promise<Judgement> {
    const key = await keys.find(token);
    if (!key) return { kind: "refused", fault: "bad-token" };
    const { serviceurl } = await verified(token, key.key, cloud.issuer);
    return {
      kind: "believed",
      vouchesFor: ({ channelId, serviceUrl }) =>
        serviceurl === serviceUrl && (key.endorsements.length === 0 || key.endorsements.includes(channelId)),
    };
  }

  /** Signed with the bot's own password, so it names no service address: only one on this machine is believed. */
  async function fromEmulator(token: string): Promise<Judgement> {
    const key = await emulatorKeys.find(token);
    if (!key) return { kind: "refused", fault: "bad-token" };
    const { appid, azp, ver } = await verified(token, key.key, cloud.emulatorIssuers);
    if ((ver === "2.0" ? azp : appid) !== appId) return { kind: "refused", fault: "bad-token" };
    return {
      kind: "believed",
      vouchesFor: ({ channelId, serviceUrl }) => channelId === "emulator" && isThisMachine(serviceUrl),
    };
  }

  return {
    async judge(authorization) {
      const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
      if (token === undefined) return { kind: "refused", fault: authorization ? "bad-token" : "no-token" };
      try {
        const isEmulator = allowEmulator && cloud.emulatorIssuers.includes(decodeJwt(token).iss ?? "");
        return await (isEmulator ? fromEmulator(token) : fromPlatform(token));
      } catch (error) {
        return { kind: "refused", fault: faultOf(error) };
      }
    },
  };
}

/** Throws what says nothing of the token. */
function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JOSEError || error instanceof TypeError) return "bad-token";
  throw error;
}

const isThisMachine = (url: string): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(url).hostname);

interface SigningKey {
  key: CryptoKey;
  /** The channels that it may sign for; all when there are none. */
  endorsements: string[];
}

const metadataShape = z.looseObject({ jwks_uri: z.url() });
const keysShape = z.looseObject({ keys: z.array(z.unknown()).max(1_000) });
const keyShape = z.looseObject({
  kty: z.literal("RSA"),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).nullish(),
});

const DAY_MS = 24 * 3_600_000;
/** A key that is not known may be a new one; whoever makes keys up must not make us ask for ever. */
const ASK_AGAIN_MS = 5 * 60_000;
const TIMEOUT_MS = 5_000;
const MOST_BYTES = 1024 * 1024;

/** The keys behind an OpenID metadata document, asked for once a day, and when one is not among them. */
function createKeys(metadataUrl: string, clock: Clock) {
  let known = new Map<string, SigningKey>();
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  const ageMs = () => clock.now().getTime() - askedAtMs;

  async function ask(): Promise<void> {
    try {
      const { jwks_uri: address } = metadataShape.parse(await jsonAt(metadataUrl));
      if (!address.startsWith("https:") && new URL(address).origin !== new URL(metadataUrl).origin) {
        throw new DeliveryError("bot-framework: the metadata names an address of keys that is not safe", {
          retryable: true,
        });
      }
      const read = keysShape.parse(await jsonAt(address)).keys.flatMap((each) => keyShape.safeParse(each).data ?? []);
      known = new Map(await Promise.all(read.map(imported)));
      askedAtMs = clock.now().getTime();
    } catch (error) {
      // The keys of yesterday are better than none.
      if (known.size > 0) return;
      throw error instanceof DeliveryError ? error : unreachable();
    }
  }

  const askOnce = (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    async find(token: string): Promise<SigningKey | undefined> {
      const { kid = "", alg = "" } = decodeProtectedHeader(token);
      if (alg !== ALGORITHM) return undefined;
      if (ageMs() > DAY_MS || (!known.has(kid) && ageMs() > ASK_AGAIN_MS)) await askOnce();
      return known.get(kid);
    },
  };
}

async function imported({ kid, n, e, endorsements }: z.infer<typeof keyShape>): Promise<[string, SigningKey]> {
  const key = (await importJWK({ kty: "RSA", n, e }, ALGORITHM)) as CryptoKey;
  return [kid, { key, endorsements: endorsements ?? [] }];
}

const unreachable = () =>
  new DeliveryError("bot-framework: the keys of the platform cannot be had; check the way to the OpenID metadata", {
    retryable: true,
  });

async function jsonAt(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw unreachable();
  const text = await response.text();
  if (text.length > MOST_BYTES) throw unreachable();
  return JSON.parse(text);
}
