import type { SendForm } from "./direct-line/request.ts";
import { DirectLineError } from "./direct-line/request.ts";

/** A large picture over a slow network takes its time. */
const UPLOAD_TIMEOUT_MS = 180_000;

/** XMLHttpRequest, because fetch does not tell how far an upload is. */
export const sendForm: SendForm = ({ url, headers, form, onProgress }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.timeout = UPLOAD_TIMEOUT_MS;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () =>
      resolve({
        status: request.status,
        body: request.responseText,
        retryAfter: request.getResponseHeader("retry-after"),
      });
    request.onerror = request.ontimeout = request.onabort = () => reject(new DirectLineError(0));
    request.send(form);
  });
