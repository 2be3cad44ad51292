import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { z } from "zod";
import { featureBytes, type LearnedModel, type WeightTable } from "./model.ts";

/** A model file that cannot be used; the message says why. */
export class ModelFileError extends Error {
  override readonly name = "ModelFileError";
}

const MAGIC = Buffer.from("jiesu-triage-2\n");
const DIGEST_LENGTH = 32;

const table = z.object({ bias: z.array(z.number()), steps: z.array(z.number()) });
const header = z
  .object({
    labels: z.array(z.string()).min(1),
    profile: z.enum(["subject", "manner"]),
    sharpness: z.object({
      both: z.number().positive(),
      titleAlone: z.number().positive(),
      textAlone: z.number().positive(),
    }),
    whole: table,
    parts: table.optional(),
    features: z.int().nonnegative(),
  })
  .refine(({ labels, whole, parts = whole }) =>
    [whole, parts].every(({ bias, steps }) => bias.length === labels.length && steps.length === labels.length),
  );

/**
 * Magic line · length of the header (uint32) · header (JSON) · features (uint32) · rarities (uint8) · weights of the whole, then of parts
 * (int8) · SHA-256 of all before. Numbers are little-endian.
 */
export function writeModel(model: LearnedModel): Buffer {
  if (endianness() !== "LE") throw new ModelFileError("model files are little-endian; this machine is not");
  const { labels, profile, sharpness, features, rarities, whole, parts } = model;
  const facts: z.output<typeof header> = {
    ...{ labels: [...labels], profile, sharpness, whole: factsOf(whole), features: features.length },
    ...(parts && { parts: factsOf(parts) }),
  };
  const head = Buffer.from(JSON.stringify(facts));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const numbers = [features, rarities, whole.roots, ...(parts ? [parts.roots] : [])].map(bytes);
  const body = Buffer.concat([MAGIC, length, head, ...numbers]);
  return Buffer.concat([body, digest(body)]);
}

/** Throws a ModelFileError unless `file` is exactly what `writeModel` wrote. */
export function readModel(file: Buffer): LearnedModel {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new ModelFileError("not a triage model file of this version");
  const body = file.subarray(0, Math.max(0, file.length - DIGEST_LENGTH));
  if (!digest(body).equals(file.subarray(body.length))) {
    throw new ModelFileError("the triage model file is damaged or cut short; train or copy it again");
  }
  const start = MAGIC.length + 4;
  const headLength = body.readUInt32LE(MAGIC.length);
  const { data: facts } = header.safeParse(JSON.parse(body.toString("utf8", start, start + headLength)));
  const payload = body.subarray(start + headLength);
  if (!facts || payload.length !== facts.features * featureBytes(facts.labels.length, facts.parts ? 2 : 1)) {
    throw new ModelFileError("the parts of the triage model file do not fit together; train it again");
  }
  const { features: count, labels, profile, sharpness, whole, parts } = facts;
  // Copied, because typed arrays must begin at multiples of their width.
  const part = (from: number, length: number): ArrayBuffer =>
    Uint8Array.from(payload.subarray(from, from + length)).buffer;
  const size = count * labels.length;
  const tableAt = (start: number, { bias, steps }: z.output<typeof table>): WeightTable => ({
    ...{ bias: Float32Array.from(bias), steps: Float32Array.from(steps), roots: new Int8Array(part(start, size)) },
  });
  return {
    ...{ labels, profile, sharpness },
    features: new Uint32Array(part(0, 4 * count)),
    rarities: new Uint8Array(part(4 * count, count)),
    whole: tableAt(5 * count, whole),
    ...(parts && { parts: tableAt(5 * count + size, parts) }),
  };
}

const factsOf = ({ bias, steps }: WeightTable): z.output<typeof table> => ({ bias: [...bias], steps: [...steps] });

const bytes = (numbers: Uint32Array | Uint8Array | Int8Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

const digest = (body: Buffer): Buffer => createHash("sha256").update(body).digest();
