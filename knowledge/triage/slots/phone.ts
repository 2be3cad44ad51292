import { asciiInPlace, localPhonesIn, type PhoneFound, phonesIn } from "../../../bots/phones.ts";
import type { Span } from "./span.ts";

/** Before eight digits without area code: here they are a telephone number. */
const CALLED = /(?:电话|座机|固话|号码|联系)[^\d]{0,6}$/;
/** A number that is told of, not left: somebody else's, or one that was called in vain. */
const SOMEBODY_ELSES =
  /(?:对方|商家|老板|物业|房东|骗子|客服|司机|中介|公司|经理|店家|卖家|平台|医院|学校|邻居|维修|热线|他|她)(?:们)?(?:的|那边|留的|给的|那个)?(?:联系)?(?:电话|手机|座机|号码?)?(?:号码?)?(?:是|为|:|：|叫)?\s*$/;
const OWN = /我|本人|联系人|请(?:打|联系)/;
const CALLED_IN_VAIN = /^[^,，。;；!！?？]{0,6}(?:没人接|打不通|不接|无人接|占线|空号|关机|停机|骗|骚扰)/;

const CLAUSE_BEFORE = /[^,，。;；!！?？\n]*$/;

/** The telephone numbers at which the citizen can be reached; the value is digits only. */
export function phonesLeft(message: string): Span[] {
  const local = localPhonesIn(message).filter(({ start }) =>
    CALLED.test(message.slice(Math.max(0, start - 10), start)),
  );
  const found = phonesIn(message);
  const more = local.filter((one) => !found.some(({ start, end }) => one.start < end && start < one.end));
  return [...found, ...more]
    .filter((phone) => isLeft(message, phone))
    .sort((one, other) => one.start - other.start)
    .map(({ start, end, digits }) => ({ start, end, value: digits }));
}

function isLeft(message: string, { start, end }: PhoneFound): boolean {
  const before = CLAUSE_BEFORE.exec(message.slice(Math.max(0, start - 40), start))?.[0] ?? "";
  if (CALLED_IN_VAIN.test(message.slice(end, end + 20))) return false;
  return OWN.test(before) || !SOMEBODY_ELSES.test(before);
}

/** A ticket number: fourteen digits on their own that nobody calls an order's. */
export function ticketNumberIn(message: string): Span | undefined {
  const text = asciiInPlace(message);
  for (const { 0: value, index } of text.matchAll(/(?<![\dA-Za-z])\d{14}(?![\dA-Za-z])/g)) {
    const before = text.slice(Math.max(0, index - 12), index);
    if (!/(?:订单|快递|运单|物流|流水)/.test(before)) return { start: index, end: index + value.length, value };
  }
  return undefined;
}
