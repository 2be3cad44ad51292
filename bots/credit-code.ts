/** The 31 characters of the code: digits and capital letters without I, O, S, V, Z. Their position is their value. */
const CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH = 18;
const MODULUS = 31;

export type CreditCodeCheck =
  | { kind: "valid"; code: string }
  | { kind: "wrong"; why: "length" | "character" | "check-digit"; length: number };

/**
 * A unified social credit code (统一社会信用代码) as GB 32100-2015《法人和其他组织统一社会信用代码编码规则》has it: 18 characters, the
 * last of which is the check character: the first 17 weighted by 3^i modulo 31, summed, and taken from 31. Spaces and small letters are
 * forgiven, full-width ones too.
 */
export function checkCreditCode(typed: string): CreditCodeCheck {
  const code = typed.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  if (code.length !== LENGTH) return { kind: "wrong", why: "length", length: code.length };
  const values = [...code].map((character) => CHARACTERS.indexOf(character));
  if (values.includes(-1)) return { kind: "wrong", why: "character", length: LENGTH };
  let weight = 1;
  let sum = 0;
  for (const value of values.slice(0, -1)) {
    sum += value * weight;
    weight = (weight * 3) % MODULUS;
  }
  const expected = (MODULUS - (sum % MODULUS)) % MODULUS;
  return values.at(-1) === expected ? { kind: "valid", code } : { kind: "wrong", why: "check-digit", length: LENGTH };
}
