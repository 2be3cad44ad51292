import { commandForm } from "../../bots/plain.ts";

/** No 0 and O, no 1 and I: read out or copied by hand, a code stays what it is. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH = 8;
const SHAPE = new RegExp(`^(?=(?:.*[2-9]){2})(?=(?:.*[A-Z]){2})[${LETTERS}]{${LENGTH}}$`);
/** Five bits for each character, ten hexadecimal digits in all. */
const BITS = 5n;
const HEX_DIGITS = 10;
const MOST_TRIES = 100;

/**
 * A new code of eight characters, at least two digits and two letters among them, so that it looks like nothing else that citizens
 * write. `newId` gives UUIDs of version 4: their first twelve hexadecimal digits are random (RFC 9562, 5.4).
 */
export function newCode(newId: () => string): string {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    let bits = BigInt(`0x${newId().replaceAll("-", "").slice(0, HEX_DIGITS)}`);
    let code = "";
    for (let index = 0; index < LENGTH; index++) {
      code += LETTERS[Number(bits & 31n)];
      bits >>= BITS;
    }
    if (SHAPE.test(code)) return code;
  }
  throw new Error("the ids are not random: no code can be made of them");
}

/** A code that stands alone, in any case and with or without a dash or blanks in it. */
function codeAlone(text: string): string | undefined {
  const code = commandForm(text).replace(/[-_]/g, "").toUpperCase();
  return SHAPE.test(code) ? code : undefined;
}

/** What stands behind "关联": a code, or letters and digits that are none. */
const INTRODUCED = /^(?:账号|帐号)?(?:关联|绑定)(?:账号|帐号)?(?:码|代码)?(?:是|为|:|：)?([a-z0-9_-]{4,16})$/u;

/** The code that a whole text brings; undefined where it brings none. */
export function codeIn(text: string): string | undefined {
  const introduced = INTRODUCED.exec(commandForm(text))?.[1];
  return introduced === undefined ? codeAlone(text) : introduced.replace(/[-_]/g, "").toUpperCase();
}

const SHOWN = new RegExp(`(关联码：|#link=|关联\\s*|^\\s*)[${LETTERS}]{${LENGTH}}(?![A-Za-z0-9])`, "giu");

/** Words with the codes in them hidden, for whoever reads along at the desk. */
export const withoutCodes = (text: string): string =>
  text.replace(SHOWN, (_whole, before: string) => `${before}********`);
