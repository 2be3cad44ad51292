import { citizenStatusWord } from "./ticket-words.ts";
import { sayWhen } from "./when.ts";

export interface PublicTicket {
  number: string;
  /** A TicketStatus of the model; others are shown as they come. */
  status: string;
  title?: string;
  unit?: string;
  /** ISO 8601 with zone, like every time here. */
  dueAt?: string;
  /** In any order; nothing in it may be meant for the unit alone. */
  updates: { at: string; status: string; unit?: string; text?: string }[];
}

/** Makes any text harmless in HTML, between tags and inside double or single quotes. */
export function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}

export function renderTicket(ticket: PublicTicket, options: { css: string; now: Date }): string {
  const { now } = options;
  const over = ticket.status === "closed" || ticket.status === "withdrawn";
  const rows = [
    row("工单编号", `<span class="number">${escapeHtml(ticket.number)}</span>`),
    ticket.unit && row("承办单位", escapeHtml(ticket.unit)),
    ticket.dueAt && !over && row("办理期限", `${time(ticket.dueAt, now)}前`),
  ];
  // Reversed first: of two in the same second, the later one stands on top.
  const updates = ticket.updates.toReversed().sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const body = `
<p class="state" data-state="${escapeHtml(ticket.status)}">${escapeHtml(citizenStatusWord(ticket.status))}</p>
<h1>${escapeHtml(ticket.title ?? "办理进度")}</h1>
<dl>${rows.filter(Boolean).join("")}</dl>
<h2>办理过程</h2>
${updates.length > 0 ? `<ol>${updates.map((update) => item(update, now)).join("")}</ol>` : "<p>暂无办理记录，有新进展会显示在这里。</p>"}
<p class="foot">本页显示公开的办理信息，不含您的姓名和电话。需要补充、催办或撤回，请回到对话中告诉我们。</p>
<p><a class="back" href="/">返回对话</a></p>`;
  return page(`工单 ${ticket.number}`, body, options.css);
}

export function renderMissing(options: { css: string }): string {
  const body = `
<h1>没有找到这个工单</h1>
<p>请核对编号是否完整。刚刚提交的诉求，可能还在登记，请几分钟后再看。</p>
<p>您也可以回到对话中发送“查进度”，或拨打 12345 市民热线查询。</p>
<p><a class="back" href="/">返回对话</a></p>`;
  return page("没有找到这个工单", body, options.css);
}

function item(update: PublicTicket["updates"][number], now: Date): string {
  const unit = update.unit ? `<span class="unit">${escapeHtml(update.unit)}</span>` : "";
  const text = update.text ? `<p class="text">${escapeHtml(update.text)}</p>` : "";
  return `<li><p class="step"><strong>${escapeHtml(citizenStatusWord(update.status))}</strong>${unit}</p>${text}${time(update.at, now)}</li>`;
}

const row = (label: string, html: string) => `<div><dt>${label}</dt><dd>${html}</dd></div>`;

const time = (iso: string, now: Date) => `<time datetime="${escapeHtml(iso)}">${escapeHtml(sayWhen(iso, now))}</time>`;

function page(title: string, body: string, css: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · 12345 市民热线</title>
<link rel="icon" href="data:,">
<style>${css}</style>
</head>
<body>
<header><a href="/">12345 市民热线 · 接诉即办</a></header>
<main>${body}</main>
</body>
</html>
`;
}
