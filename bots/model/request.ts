import type { ConversationRef, Media } from "./message.ts";
import type { Place } from "./place.ts";

/** 诉求类型 */
export type RequestKind = "consultation" | "suggestion" | "complaint" | "report" | "help" | "emergency" | "praise";

export interface Contact {
  name?: string;
  phone: string;
}

export interface Category {
  /** Six digits, two for each level 类/项/目. */
  code: string;
  path: [string, string, string];
}

/** Who a request of the companies' entrance (企业热线) comes from. The code is checked; it may be handed in later. */
export interface Company {
  name: string;
  creditCode?: string;
}

/** A detail that stands in the citizen's words: which kind, as written, and in one fixed form. */
export interface RequestFact {
  kind: "unit" | "amount" | "plate" | "orderNumber";
  text: string;
  value: string;
}

/** What a citizen brings (诉求), complete and confirmed by them; immutable once filed. */
export interface Request {
  /** Also the idempotency key under which it is submitted: one request can become one ticket only. */
  id: string;
  from: ConversationRef;
  kind: RequestKind;
  category?: Category;
  description: string;
  place?: Place;
  occurredAt?: string;
  /** What `occurredAt` means in dates, ISO 8601 with zone, where that can be told. */
  period?: { from: string; to?: string };
  wants?: string;
  facts?: RequestFact[];
  company?: Company;
  /** Absent when the citizen chose to stay anonymous. */
  contact?: Contact;
  /** Identity withheld from everyone who need not know it; always so for reports (举报). */
  confidential: boolean;
  evidence: Media[];
  /** When the citizen agreed to the use of personal data (个人信息保护法 第十三、十四条). */
  consentAt?: string;
  createdAt: string;
  /** The number of an open ticket of other citizens about the same matter, which this citizen chose to join. */
  joins?: string;
  /** The number of an earlier ticket of the same citizen about the same matter, for the unit to look up. */
  follows?: string;
  /** The small matter of a community group that became this request, with its author's consent. */
  smallMatter?: string;
}
