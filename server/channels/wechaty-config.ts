import { z } from "zod";

/** Which account of 微信 is driven, and how. */
export interface WechatyConfig {
  /** The npm package of the puppet. */
  puppet: string;
  options: Record<string, unknown>;
}

const optionsShape = z.record(z.string(), z.unknown());

function readOptions(text: string): Record<string, unknown> | undefined {
  try {
    return optionsShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The channel's variables, each by itself. */
export const wechatyVariables = {
  WECHATY_PUPPET: z
    .string()
    .regex(
      /^(?:@[\w.-]+\/)?wechaty-puppet-[\w.-]+$/,
      "WECHATY_PUPPET must be the npm name of a puppet, like wechaty-puppet-service",
    )
    .optional(),
  WECHATY_PUPPET_OPTIONS: z
    .string()
    .refine((text) => readOptions(text) !== undefined, {
      error: 'WECHATY_PUPPET_OPTIONS must be one JSON object, like {"token":"…"}',
    })
    .optional(),
};

type Values = { [Name in keyof typeof wechatyVariables]?: string };

/** Half of a channel is a fault. */
export function wechatyFaults(values: Values): string[] {
  return values.WECHATY_PUPPET_OPTIONS !== undefined && values.WECHATY_PUPPET === undefined
    ? ["WECHATY_PUPPET: needed for community groups; name the puppet's npm package, or unset WECHATY_PUPPET_OPTIONS"]
    : [];
}

/** The channel, when it is set up. */
export function wechatyOf(values: Values): WechatyConfig | undefined {
  const { WECHATY_PUPPET: puppet, WECHATY_PUPPET_OPTIONS: options = "{}" } = values;
  return puppet === undefined ? undefined : { puppet, options: readOptions(options) ?? {} };
}
