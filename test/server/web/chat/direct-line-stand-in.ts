import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Request, type Response } from "express";
import multer from "multer";
import { type WebSocket, WebSocketServer } from "ws";

export interface StoredActivity extends SentActivity {
  id: string;
}

interface SentActivity {
  type: string;
  from: { id: string; role: string };
  channelData: { clientActivityID?: string } & Record<string, unknown>;
  text?: string;
}

interface Conversation {
  activities: StoredActivity[];
  streams: Set<{ socket: WebSocket; at: number }>;
}

/** What goes wrong. Each is used up by one request, in order, unless it says otherwise. */
interface Faults {
  /** Before anything is kept. */
  refuseNext: { status: number; message?: string }[];
  /** Kept, but the answer is lost on the way. */
  loseAnswers: number;
  /** Always: polls and frames bring the last so many activities once more. */
  repeat: number;
  /** Always: a poll is answered late. */
  delayMs: number;
  streams: boolean;
  /** Always: no more than so many activities in one answer. */
  pageSize: number;
}

export interface StandIn {
  baseUrl: string;
  app: express.Express;
  faults: Faults;
  conversations: Map<string, Conversation>;
  /** Every POST of an activity, with what the citizen's client called it. */
  attempts: string[];
  polls: number;
  streamsOpened: number;
  say(conversationId: string, activity: Record<string, unknown>): void;
  dropStreams(): void;
  expireTokens(): void;
  forgetConversations(): void;
  close(): Promise<void>;
}

/** As much of Direct Line 3.0 as a client calls, with a memory and a list of things to do wrong. `answer` plays the bot. */
export async function startStandIn(options: {
  answer?(activity: StoredActivity, say: (activity: Record<string, unknown>) => void): void;
  expiresInSeconds?: number;
  port?: number;
}): Promise<StandIn> {
  const app = express();
  const server = createServer(app);
  const sockets = new WebSocketServer({ noServer: true });
  const tokens = new Map<string, string>();
  const faults: Faults = { refuseNext: [], loseAnswers: 0, repeat: 0, delayMs: 0, streams: true, pageSize: 1_000 };
  const standIn: StandIn = {
    baseUrl: "",
    app,
    faults,
    conversations: new Map(),
    attempts: [],
    polls: 0,
    streamsOpened: 0,
    say: (conversationId, activity) =>
      append(conversationId, { type: "message", from: bot, channelData: {}, ...activity }),
    dropStreams() {
      for (const { streams } of standIn.conversations.values()) for (const { socket } of streams) socket.terminate();
    },
    expireTokens: () => tokens.clear(),
    forgetConversations() {
      tokens.clear();
      standIn.conversations.clear();
    },
    async close() {
      standIn.dropStreams();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function append(conversationId: string, activity: SentActivity): StoredActivity {
    const conversation = conversationOf(conversationId);
    const known = conversation.activities.find(
      (each) =>
        activity.channelData.clientActivityID &&
        each.channelData.clientActivityID === activity.channelData.clientActivityID,
    );
    if (known) return known;
    const place = String(conversation.activities.length + 1).padStart(7, "0");
    const kept = {
      ...activity,
      id: `${conversationId}|${place}`,
      timestamp: new Date().toISOString(),
    };
    conversation.activities.push(kept);
    for (const stream of conversation.streams) flush(conversation, stream);
    return kept;
  }

  function conversationOf(id: string): Conversation {
    const found = standIn.conversations.get(id) ?? { activities: [], streams: new Set() };
    standIn.conversations.set(id, found);
    return found;
  }

  function setFrom(conversation: Conversation, watermark: number) {
    const end = Math.min(conversation.activities.length, watermark + faults.pageSize);
    return {
      activities: conversation.activities.slice(Math.max(0, watermark - faults.repeat), end),
      watermark: String(end),
    };
  }

  function flush(conversation: Conversation, stream: { socket: WebSocket; at: number }): void {
    const set = setFrom(conversation, stream.at);
    stream.at = Number(set.watermark);
    stream.socket.send(JSON.stringify(set));
  }

  function issue(conversationId: string) {
    const token = randomUUID();
    tokens.set(token, conversationId);
    return { conversationId, token, expires_in: options.expiresInSeconds ?? 1_800 };
  }

  /** The conversation that the request may touch, or an answer already given. */
  function allowed(request: Request, response: Response): string | undefined {
    const conversationId = tokens.get(request.headers.authorization?.replace("Bearer ", "") ?? "");
    const wanted = request.params.id ?? conversationId;
    if (conversationId !== undefined && wanted === conversationId) return conversationId;
    response.status(403).json({ error: { code: "BadToken", message: "令牌无效" } });
    return undefined;
  }

  function wentWrong(response: Response): boolean {
    const fault = faults.refuseNext.shift();
    if (fault === undefined) return false;
    response.status(fault.status).json({ error: { code: "Fault", message: fault.message } });
    return true;
  }

  function take(request: Request, response: Response, sent: Record<string, unknown>, extra: object = {}): void {
    const conversationId = allowed(request, response);
    if (conversationId === undefined) return;
    const channelData = (sent.channelData ?? {}) as StoredActivity["channelData"];
    standIn.attempts.push(channelData.clientActivityID ?? "");
    if (wentWrong(response)) return;
    const before = conversationOf(conversationId).activities.length;
    const kept = append(conversationId, { type: "message", from: visitor, ...sent, ...extra, channelData });
    if (conversationOf(conversationId).activities.length > before) {
      options.answer?.(kept, (activity) => standIn.say(conversationId, activity));
    }
    if (faults.loseAnswers > 0) {
      faults.loseAnswers -= 1;
      request.socket.destroy();
      return;
    }
    response.json({ id: kept.id });
  }

  const api = express.Router();
  api.use(express.json());
  api.post("/tokens/generate", (request, response) => {
    const wanted: string | undefined = request.body?.conversationId;
    if (wanted !== undefined && !standIn.conversations.has(wanted)) {
      response.status(404).json({ error: { code: "NotFound", message: "没有这个会话" } });
      return;
    }
    response.json(issue(wanted ?? randomUUID()));
  });
  api.post("/tokens/refresh", (request, response) => {
    const conversationId = allowed(request, response);
    if (conversationId !== undefined) response.json(issue(conversationId));
  });
  api.post("/conversations", (request, response) => {
    const conversationId = allowed(request, response);
    if (conversationId === undefined) return;
    conversationOf(conversationId);
    response.status(201).json(issue(conversationId));
  });
  api.get("/conversations/:id", (request, response) => {
    const conversationId = allowed(request, response);
    if (conversationId === undefined) return;
    const watermark = Number(request.query.watermark ?? 0);
    const streamUrl = `${standIn.baseUrl.replace("http", "ws")}/stream?c=${conversationId}&w=${watermark}`;
    response.json({ ...issue(conversationId), streamUrl });
  });
  api.get("/conversations/:id/activities", async (request, response) => {
    const conversationId = allowed(request, response);
    if (conversationId === undefined) return;
    standIn.polls += 1;
    const set = setFrom(conversationOf(conversationId), Number(request.query.watermark ?? 0));
    if (faults.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.delayMs));
    response.json(set);
  });
  api.post("/conversations/:id/activities", (request, response) => take(request, response, request.body));
  api.post("/conversations/:id/upload", multer({ limits: { fileSize: 10_485_760 } }).any(), (request, response) => {
    const files = (request.files ?? []) as Express.Multer.File[];
    const part = files.find((file) => file.fieldname === "activity")?.buffer.toString("utf8") ?? request.body.activity;
    const file = files.find((each) => each.fieldname === "file");
    const url = `data:${file?.mimetype};base64,${file?.buffer.toString("base64")}`;
    const name = Buffer.from(file?.originalname ?? "", "latin1").toString("utf8");
    take(request, response, JSON.parse(part ?? "{}"), {
      attachments: [{ contentType: file?.mimetype, contentUrl: url, name }],
    });
  });
  app.use("/v3/directline", api);

  server.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const conversation = standIn.conversations.get(url.searchParams.get("c") ?? "");
    if (!faults.streams || conversation === undefined) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      standIn.streamsOpened += 1;
      const stream = { socket: opened, at: Number(url.searchParams.get("w") ?? 0) };
      conversation.streams.add(stream);
      opened.on("close", () => conversation.streams.delete(stream));
      opened.send("");
      flush(conversation, stream);
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  standIn.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;
}

const visitor = { id: "visitor", role: "user" };
const bot = { id: "bot", name: "12345 市民热线", role: "bot" };
