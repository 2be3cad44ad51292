import "@chatui/core/dist/index.css";
import "../shared/tokens.css";
import "./messages.css";
import "./cards.css";
import "./composer.css";
import "./chat.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createDirectLine } from "./direct-line.ts";
import { takeLinkCode } from "./link-code.ts";
import { createMemory } from "./memory.ts";
import { sendForm } from "./send-form.ts";
import { words } from "./words.ts";

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

// Opened by the link of another conversation: its code is said here, and the bot asks before anything is linked.
const sayCode = () => {
  const code = takeLinkCode(window.location, window.history);
  if (code !== undefined) line.sendText(`${words.linkAccounts} ${code}`);
};
window.addEventListener("hashchange", sayCode);
sayCode();

const root = document.getElementById("root");
if (root) createRoot(root).render(<App line={line} memory={memory} />);
