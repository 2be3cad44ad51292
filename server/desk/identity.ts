import type { DeskContact } from "./ticket.ts";

const WITHHELD = "（身份保密）";
/** A mainland mobile number, not part of a longer run of letters or digits such as an id. */
const MOBILE = /(?<![\w-])1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![\w-])/g;

/** Takes the contact's own name and number, and every mobile number, out of a text that somebody else will read. */
export function withoutIdentity(text: string, contact: DeskContact | undefined): string {
  const known = [contact?.name, contact?.phone, contact?.email].filter(
    (value): value is string => value !== undefined && value.trim().length > 1,
  );
  return known.reduce((rest, value) => rest.replaceAll(value, "＊＊＊"), text).replace(MOBILE, "＊＊＊");
}

/** For whoever handles the ticket without being the one responsible: enough to recognise, not enough to call. */
export function masked(contact: DeskContact): DeskContact {
  return {
    name: contact.name && `${[...contact.name][0]}${"＊".repeat(Math.max(1, [...contact.name].length - 1))}`,
    phone: contact.phone && `${contact.phone.slice(0, 3)}****${contact.phone.slice(-2)}`,
    email: contact.email && "＊＊＊",
  };
}

/** 举报人身份保密: says only that there is somebody. */
export const withheld = (contact: DeskContact): DeskContact => ({
  name: WITHHELD,
  phone: contact.phone && WITHHELD,
  email: contact.email && WITHHELD,
});
