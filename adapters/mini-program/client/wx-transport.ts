import { type Reply, type Transport, textOf } from "./protocol/transport.ts";
import { words } from "./words.ts";

const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 60_000;

/** The protocol's world inside WeChat (wx.request, wx.uploadFile, wx.connectSocket, wx.login, storage). */
export function createWxTransport(): Transport {
  return {
    request: ({ method, url, token, json }) =>
      new Promise((resolve, reject) => {
        wx.request({
          url,
          method,
          header: { ...bearer(token), ...(json === undefined ? {} : { "content-type": "application/json" }) },
          data: json === undefined ? undefined : JSON.stringify(json),
          timeout: TIMEOUT_MS,
          success: ({ statusCode, data, header }) =>
            resolve({ status: statusCode, body: data, retryAfter: retryAfterIn(header) }),
          fail: reject,
        });
      }),
    upload,
    openSocket(url, on) {
      const task = wx.connectSocket({ url, timeout: TIMEOUT_MS, fail: () => on.close() });
      task.onMessage(({ data }) => on.message(typeof data === "string" ? data : ""));
      task.onClose(() => on.close());
      task.onError(() => on.close());
      return { close: () => task.close({}) };
    },
    login: () =>
      new Promise((resolve, reject) => {
        wx.login({ timeout: TIMEOUT_MS, success: ({ code }) => resolve(code), fail: reject });
      }),
    storage: {
      get: (key) => wx.getStorageSync(key),
      set: (key, value) => wx.setStorageSync(key, value),
    },
    newId: () => `${Date.now().toString(36)}-${randomText()}${randomText()}`,
    now: () => Date.now(),
  };
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };
const randomText = () => Math.random().toString(36).slice(2, 12);

/** Names of headers come in whatever case the telephone's system has them. */
function retryAfterIn(header: Record<string, unknown>): string | undefined {
  const name = Object.keys(header).find((each) => each.toLowerCase() === "retry-after");
  return name === undefined ? undefined : textOf(header[name]);
}

function upload(call: Parameters<Transport["upload"]>[0]): Promise<Reply> {
  const { url, token, filePath, activity } = call;
  const files = wx.getFileSystemManager();
  try {
    files.accessSync(filePath);
  } catch {
    return Promise.resolve({ status: 410, body: { error: { message: words.fileGone } } });
  }
  return new Promise((resolve, reject) => {
    wx.uploadFile({
      url,
      filePath,
      name: "file",
      formData: { activity },
      header: bearer(token),
      timeout: UPLOAD_TIMEOUT_MS,
      success({ statusCode, data }) {
        // What was kept for sending is not needed any more.
        if (statusCode < 300) files.unlink({ filePath });
        resolve({ status: statusCode, body: parsed(data) });
      },
      fail: reject,
    });
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
