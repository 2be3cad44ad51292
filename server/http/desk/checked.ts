import type { Response } from "express";
import type { z } from "zod";

/** Answers an error in the one shape of `/api`. */
export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ error: { code, message } });
}

/** Input that fits the schema, or `undefined` after having answered 400 with what is wrong. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  response: Response,
): z.output<Schema> | undefined {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".");
  const own = issue && /\p{Script=Han}/u.test(issue.message) ? issue.message : "填写不正确";
  refuse(response, 400, "bad-input", field ? `${own}（${field}）。` : `${own}。`);
  return undefined;
}
