import { checkCreditCode } from "../../bots/credit-code.ts";
import { commandForm, halfWidth } from "../../bots/plain.ts";
import { type Field, joined } from "../form.ts";
import { enterpriseWords } from "../text/enterprise.ts";
import { textOf, verbOf } from "./answer.ts";
import type { IntakeValues } from "./values.ts";

const CODE = /(?<![0-9A-Za-z])[0-9A-Za-z](?:[\s-]?[0-9A-Za-z]){14,20}(?![0-9A-Za-z])/;
const LEAD =
  /^(?:我们?(?:公司|企业|单位)?(?:的)?(?:名称|名字|全称)?(?:是|叫)|(?:公司|企业|单位)(?:名称|全称)?(?:是|叫|为|[:：])|我是|名称[:：]?|全称[:：]?)\s*/u;
const PERSONAL = /^(?:我是个人|个人|不是企业|我不是企业|我是个人不是企业|不是公司)$/u;
const SKIP = /^(?:跳过|没有|不知道|不清楚|手边没有|没带|暂时没有|以后再补|忘了)$/u;

/** Who opened the form as a company and is none goes on as a citizen; nothing else of the form changes. */
const personal: Partial<IntakeValues> = { enterprise: undefined, company: undefined, creditCode: undefined };

/** The name on the business licence; a code in the same message is read with it. */
const company: Field<IntakeValues> = {
  name: "company",
  label: "企业名称",
  aliases: ["公司名称", "公司", "企业"],
  isMissing: (values) => values.enterprise === true && !values.company,
  ask: () => enterpriseWords.askName(),
  async read(_ctx, message) {
    if (verbOf(message).verb === "personal") return { kind: "filled", values: personal };
    const text = textOf(message);
    if (text === undefined) return { kind: "pass" };
    if (PERSONAL.test(commandForm(text))) return { kind: "filled", values: personal };
    const plain = halfWidth(text);
    const code = CODE.exec(plain)?.[0];
    const name = (code ? plain.replace(code, " ") : text)
      .replace(/(?:统一社会)?信用代码[是为:：\s]*/u, "")
      .trim()
      .replace(LEAD, "")
      .replace(/^[，,。；;\s]+|[，,。；;\s]+$/gu, "");
    const checked = code ? checkCreditCode(code) : undefined;
    if (!/\p{L}{3}/u.test(name) || name.length > 80 || /[?？吗]$/u.test(name)) return { kind: "pass" };
    return {
      kind: "filled",
      values: { company: name, ...(checked?.kind === "valid" ? { creditCode: checked.code } : {}) },
    };
  },
  show: ({ company: name }) => name,
};

/** Checked by its own check character, so that a slip of the finger is found here and not by the unit days later. */
const creditCode: Field<IntakeValues> = {
  name: "creditCode",
  label: "统一社会信用代码",
  aliases: ["信用代码", "税号"],
  isMissing: (values) => values.enterprise === true && !values.creditCode && !values.creditCodeLeftOpen,
  ask: () => enterpriseWords.askCode(),
  async read(_ctx, message, values) {
    if (verbOf(message).verb === "no-code") return { kind: "filled", values: { creditCodeLeftOpen: true } };
    const text = textOf(message);
    if (text === undefined) return { kind: "pass" };
    if (SKIP.test(commandForm(text))) return { kind: "filled", values: { creditCodeLeftOpen: true } };
    const typed = CODE.exec(halfWidth(text))?.[0] ?? (/^[0-9A-Za-z\s-]+$/.test(halfWidth(text)) ? text : undefined);
    if (typed === undefined) return { kind: "pass" };
    const checked = checkCreditCode(typed);
    return checked.kind === "valid"
      ? { kind: "filled", values: { creditCode: checked.code } }
      : { kind: "again", say: joined(enterpriseWords.wrongCode(checked), creditCode.ask(values)) };
  },
  show: (values) => (values.enterprise ? (values.creditCode ?? "待补") : undefined),
};

export const companyFields: Field<IntakeValues>[] = [company, creditCode];
