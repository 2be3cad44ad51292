import { localPhonesIn, phonesIn } from "../../bots/phones.ts";
import { commandForm, halfWidth } from "../../bots/plain.ts";
import { looksLikeName } from "./surnames.ts";

/** What a text says of how to reach its author. */
export interface ContactReading {
  name?: string;
  /** Digits only, without the country code; an extension follows after 转. */
  phone?: string;
  /** A run of digits that looks like a telephone number but has the wrong length; how many. */
  wrongDigits?: number;
  declines: boolean;
  agrees: boolean;
}

const DIGIT_RUN = /(?<!\d)\d(?:[-\s]?\d){6,14}(?!\d)/;

const DECLINES = new Set(
  "匿名 匿名提交 不留 不想留 不留电话 不想留电话 不留了 不方便 不方便留 不同意 不用 不用了 不需要 不提供 跳过 没有 无 不填 拒绝 我不同意 我要匿名 不愿意 保密不留".split(
    " ",
  ),
);
const DECLINING =
  /^(?:我|就|先|还是)*(?:不想|不愿意?|不方便|不|别|不用)(?:留|给|提供|填|写|说)(?:我的)?(?:电话|手机号?|号码|联系方式|姓名|名字)?(?:了|吧|行吗|可以吗)?$/u;
const AGREES = new Set("同意 我同意 好 好的 可以 行 ok 是 是的 同意填写 没问题 嗯".split(" "));
const NOT_A_NAME =
  /[?？]|^(不|没|跳过|为什么|什么|怎么|哪|谁|多久|多少|确认|提交|修改|帮助|人工|等|随便|知道|你好|您好|谢谢|在吗|继续|上面|刚才)/u;
const LEAD = /^(?:我(?:的)?(?:名字)?(?:叫|姓名是|姓名|姓|是)|本人|姓名|称呼|名字|联系人|叫我|同意)[是为:：,，\s]*/u;
const NOISE = /(?:我的)?(?:联系)?(?:电话|手机号?码?|号码|联系方式|微信同号|同意|可以|谢谢|吧)[是为:：,，\s]*/gu;
/** A surname with a form of address, a name with the dot of many minorities' names, or Latin letters. */
const NAME =
  /^(?:\p{Script=Han}{1,3}(?:先生|女士|小姐|阿姨|叔叔|大爷|大妈|师傅|老师|同志|某某?)|\p{Script=Han}{1,10}·[\p{Script=Han}·]{1,12}|[A-Za-z][A-Za-z .'-]{1,30})$/u;

export function readContact(text: string): ContactReading {
  const plain = halfWidth(text);
  const command = commandForm(text);
  const declines = DECLINES.has(command) || DECLINING.test(command);
  const [found = localPhonesIn(plain)[0]] = phonesIn(plain);
  const phone = found && [found.digits, found.extension].filter(Boolean).join("转");
  const wrong = found ? undefined : DIGIT_RUN.exec(plain);
  const number = found ?? (wrong && { start: wrong.index, end: wrong.index + wrong[0].length });
  const rest = number ? plain.slice(0, number.start) + plain.slice(number.end) : plain;
  const name = declines || AGREES.has(command) ? undefined : readName(rest);
  return {
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(wrong ? { wrongDigits: wrong[0].replace(/\D/g, "").length } : {}),
    declines,
    agrees: AGREES.has(command),
  };
}

function readName(rest: string): string | undefined {
  const cleaned = rest
    .replace(NOISE, " ")
    .trim()
    .replace(/^[,，。;；:：、\s]+|[,，。;；:：、\s]+$/gu, "")
    .replace(LEAD, "")
    .replace(/[,，。;；:：、\s]+$/gu, "")
    .trim();
  if (cleaned === "" || NOT_A_NAME.test(cleaned)) return undefined;
  const introduced = /(?:叫|姓|姓名|称呼|名字|联系人)[是为:：,，\s]*$/u.test(
    rest.slice(0, Math.max(0, rest.lastIndexOf(cleaned))).trimEnd(),
  );
  if (introduced && /^\p{Script=Han}{1,4}$/u.test(cleaned)) return cleaned;
  return looksLikeName(cleaned) || NAME.test(cleaned) ? cleaned : undefined;
}

/** Every telephone number in a text replaced, for requests that are filed without a contact. */
export function hidePhones(text: string, replacement: string): string {
  return phonesIn(text).reduceRight(
    (hidden, { start, end }) => hidden.slice(0, start) + replacement + hidden.slice(end),
    text,
  );
}
