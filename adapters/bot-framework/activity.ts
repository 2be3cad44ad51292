import { z } from "zod";

/** What a token must vouch for. */
export interface Origin {
  channelId: string;
  serviceUrl: string;
}

const account = z.looseObject({ id: z.string().max(1_000).nullish(), role: z.string().nullish() });
export const point = z.looseObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
const attachmentShape = z.looseObject({
  contentType: z.string().nullish(),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.unknown().optional(),
});
const originShape = z.looseObject({
  type: z.string().min(1),
  channelId: z.string().regex(/^[\w-]{1,64}$/),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(1_000),
});

/** What the channel reads of an activity ("Bot Framework Activity schema"); everything else may be as it likes. */
export const activityShape = originShape.extend({
  id: z.string().max(1_000).nullish(),
  timestamp: z.string().nullish(),
  from: account.nullish(),
  recipient: account.nullish(),
  conversation: z.looseObject({
    id: z.string().min(1).max(1_000),
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
  }),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  action: z.string().nullish(),
  membersAdded: z.array(account).nullish(),
  entities: z.array(z.looseObject({ type: z.string().nullish() })).nullish(),
  attachments: z.array(attachmentShape).nullish(),
});
export type Incoming = z.infer<typeof activityShape>;

/** `undefined` when it is no activity at all. Pure. */
export function originOf(json: unknown): Origin | undefined {
  const { channelId, serviceUrl } = originShape.safeParse(json).data ?? {};
  return channelId === undefined || serviceUrl === undefined ? undefined : { channelId, serviceUrl };
}
