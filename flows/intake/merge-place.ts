const NUMERAL = "(?:[0-9０-９]+|[零一二两三四五六七八九十百]+|[A-Za-z]|[东西南北中])";
const UNIT = "(?:号楼|号院|单元|号|栋|幢|座|层|楼|室|区|期|组|排|门)";
const DETAIL = new RegExp(`${NUMERAL}${UNIT}`, "gu");
const ONLY_DETAILS = new RegExp(`^(?:${NUMERAL}${UNIT}[，,、\\s]*)+$`, "u");

/**
 * A corrected address. "三单元" said of "望京西园四区2号楼五单元" replaces the unit only, and a part that was not there is added;
 * everything longer than such parts is a new address of its own.
 */
export function mergePlace(known: string, correction: string): string {
  if (known === "" || !ONLY_DETAILS.test(correction)) return correction;
  const details = correction.match(DETAIL) ?? [];
  return details.reduce(withDetail, known);
}

function withDetail(address: string, detail: string): string {
  const unit = new RegExp(`${UNIT}$`, "u").exec(detail)?.[0] ?? "";
  const same = [...address.matchAll(new RegExp(`${NUMERAL}${unit}`, "gu"))].at(-1);
  if (!same) return `${address}${detail}`;
  return address.slice(0, same.index) + detail + address.slice(same.index + same[0].length);
}
