import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { z } from "zod";
import { featureBytes, type LearnedModel } from "./model.ts";

/** A model file that cannot be used; the message says why. */
export class ModelFileError extends Error {
  override readonly name = "ModelFileError";
}

const MAGIC = Buffer.from("jiesu-triage-2\n");
const DIGEST_LENGTH = 32;

const header = z.object({
  labels: z.array(z.string()).min(1),
  profile: z.enum(["subject", "manner"]),
  sharpness: z.object({
    both: z.number().positive(),
    titleAlone: z.number().positive(),
    textAlone: z.number().positive(),
  }),
  bias: z.array(z.number()),
  steps: z.array(z.number()),
  features: z.int().nonnegative(),
});

/**
 * Magic line · length of the header (uint32) · header (JSON) · features (uint32) · roots of weights (int8) · rarities (uint8) · SHA-256 of all before.
 * Numbers are little-endian.
 */
export function writeModel(model: LearnedModel): Buffer {
  if (endianness() !== "LE") throw new ModelFileError("model files are little-endian; this machine is not");
  const { labels, profile, sharpness } = model;
  const facts: z.output<typeof header> = {
    ...{ labels: [...labels], profile, sharpness },
    ...{ bias: [...model.bias], steps: [...model.steps], features: model.features.length },
  };
  const head = Buffer.from(JSON.stringify(facts));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const body = Buffer.concat([MAGIC, length, head, bytes(model.features), bytes(model.roots), bytes(model.rarities)]);
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
  const facts = header.parse(JSON.parse(body.toString("utf8", start, start + headLength)));
  const payload = body.subarray(start + headLength);
  const { features: count, labels, bias, steps, profile, sharpness } = facts;
  if (
    payload.length !== count * featureBytes(labels.length) ||
    bias.length !== labels.length ||
    steps.length !== labels.length
  ) {
    throw new ModelFileError("the parts of the triage model file do not fit together; train it again");
  }
  // Copied, because typed arrays must begin at multiples of their width.
  const part = (from: number, to: number): ArrayBuffer => Uint8Array.from(payload.subarray(from, to)).buffer;
  const rootsEnd = count * (4 + labels.length);
  return {
    ...{ labels, profile, sharpness },
    bias: Float32Array.from(bias),
    steps: Float32Array.from(steps),
    features: new Uint32Array(part(0, 4 * count)),
    roots: new Int8Array(part(4 * count, rootsEnd)),
    rarities: new Uint8Array(part(rootsEnd, payload.length)),
  };
}

const bytes = (numbers: Uint32Array | Int8Array | Uint8Array): Buffer =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

const digest = (body: Buffer): Buffer => createHash("sha256").update(body).digest();
