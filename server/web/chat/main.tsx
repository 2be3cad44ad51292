import "@chatui/core/dist/index.css";
import "../shared/tokens.css";
import "./messages.css";
import "./cards.css";
import "./composer.css";
import "./chat.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createDirectLine } from "./direct-line.ts";
import { createMemory } from "./memory.ts";
import { sendForm } from "./send-form.ts";

const memory = createMemory(() => window.localStorage);
const line = createDirectLine({
  baseUrl: "",
  fetch: (input, init) => window.fetch(input, init),
  sendForm,
  openSocket: "WebSocket" in window ? (url) => new WebSocket(url) : undefined,
  memory,
  newId,
  now: () => Date.now(),
});

/** crypto.randomUUID is missing in older web views and on plain http. */
function newId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const root = document.getElementById("root");
if (root) createRoot(root).render(<App line={line} memory={memory} />);
