/** Full-width digits and dashes made ASCII one for one, so that positions stay those of the original. */
export const asciiDigits = (text: string): string =>
  text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[－—–‐‑]/g, "-")
    .replace(/　/g, " ");
