import type { RequestHandler } from "express";
import multer, { MulterError, memoryStorage } from "multer";
import { faultText } from "../../../knowledge/import/fault.ts";
import { readLimits } from "../../../knowledge/import/limits.ts";
import { decodeFileName } from "../../media/file-name.ts";
import { refuse } from "../desk/checked.ts";

/** Uploads are held in memory while they come in. */
const AT_ONCE = 3;
const TOO_BIG = faultText({ kind: "too-big", maxMb: Math.floor(readLimits.fileBytes / 1024 / 1024) });

/** Takes one file out of a multipart form, whatever its part is called, and puts it into `response.locals.upload`. */
export function takeUpload(): RequestHandler {
  const form = multer({
    storage: memoryStorage(),
    limits: { fileSize: readLimits.fileBytes, files: 1, parts: 10, fieldSize: 1024 },
  }).any();
  let underWay = 0;
  return (request, response, next) => {
    if (underWay >= AT_ONCE) {
      response.set("Retry-After", "5");
      return refuse(response, 503, "busy", "现在上传的人较多，请稍后再试。");
    }
    underWay += 1;
    response.once("close", () => {
      underWay -= 1;
    });
    void form(request, response, (error?: unknown) => {
      const [file] = Array.isArray(request.files) ? request.files : [];
      if (error === undefined && file) {
        response.locals.upload = { bytes: file.buffer, name: decodeFileName(file.originalname) };
        return next();
      }
      refuse(response, ...whyNot(error));
    });
  };
}

function whyNot(error: unknown): [status: number, code: string, message: string] {
  if (error === undefined) return [400, "bad-input", "没有收到文件，请重新选择。"];
  if (!(error instanceof MulterError)) return [400, "bad-input", "上传的内容不完整，请重新上传。"];
  return error.code === "LIMIT_FILE_SIZE" ? [413, "too-big", TOO_BIG] : [400, "bad-input", "一次请上传一个文件。"];
}

export interface Upload {
  bytes: Buffer;
  name: string;
}
