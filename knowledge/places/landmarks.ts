import { z } from "zod";

const degrees = (most: number) => z.number().min(-most).max(most);

/** A place that people name instead of a division: a housing estate, a station, a hospital, a park, a market. */
export const landmark = z
  .strictObject({
    name: z.string().trim().min(2).max(40),
    /** Other names of it. */
    alias: z.array(z.string().trim().min(2).max(40)).max(20).optional(),
    kind: z.string().trim().min(1).max(20),
    /** Codes of the lowest division it is known to lie in; one of them, or a point, must be there. */
    district: z
      .string()
      .regex(/^\d{6}$/, "6 digits are wanted")
      .optional(),
    subdistrict: z
      .string()
      .regex(/^\d{9}$/, "9 digits are wanted")
      .optional(),
    community: z
      .string()
      .regex(/^\d{12}$/, "12 digits are wanted")
      .optional(),
    /** WGS 84 degrees. */
    latitude: degrees(90).optional(),
    longitude: degrees(180).optional(),
  })
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    error: "latitude and longitude go together",
  })
  .refine(({ district, subdistrict, community, latitude }) => district ?? subdistrict ?? community ?? latitude, {
    error: "it needs a subdistrict, a community, a district or a point",
  });

export type Landmark = z.output<typeof landmark>;

/** Code of the lowest division that a landmark is filed under; `undefined` when it only has a point. */
export const codeOf = ({ district, subdistrict, community }: Landmark): string | undefined =>
  community ?? subdistrict ?? district;

/** What is wrong with a landmark's codes in this city, or `undefined`. */
export function codeFault(one: Landmark, divisions: ReadonlyMap<string, unknown>): string | undefined {
  const codes = [one.district, one.subdistrict, one.community].filter((code) => code !== undefined);
  const unknown = codes.find((code) => !divisions.has(code));
  if (unknown !== undefined) return `no division of this city has the code ${unknown}`;
  const torn = codes.find((code, at) => at > 0 && !code.startsWith(codes[at - 1] as string));
  return torn === undefined ? undefined : `${torn} does not lie in ${codes[0]}`;
}

/** The name first, then the others. */
export const namesOf = ({ name, alias }: Landmark): string[] => [name, ...(alias ?? [])];

/** The city knows its places better: what it added takes the place of everything shipped under one of the same names. */
export function withOwn(shipped: readonly Landmark[], own: readonly Landmark[]): Landmark[] {
  const taken = new Set(own.flatMap(namesOf));
  return [...shipped.filter((one) => !namesOf(one).some((name) => taken.has(name))), ...own];
}

/** Adds `fresh` to `known`; one of the same name in the same division takes the place of the older one. */
export function merged(known: readonly Landmark[], fresh: readonly Landmark[]): Landmark[] {
  const keyOf = (one: Landmark): string => `${one.name} ${codeOf(one)?.slice(0, 9)}`;
  return [...new Map([...known, ...fresh].map((one) => [keyOf(one), one])).values()];
}
