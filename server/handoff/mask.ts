/** Digits enough to find a person or a door by: numbers of telephones, papers and houses. */
const NUMBERS = /\d(?:[-\s]?\d){2,}[xX]?|\d+(?=\s*(?:号楼|号院|号|单元|层|楼|室|栋|幢|弄))/gu;
const INTRODUCED = /((?:我叫|我是|本人|姓名|联系人|称呼)[是为叫:：,，\s]*)\p{Script=Han}{2,4}/gu;
const ADDRESSED = /\p{Script=Han}(?=先生|女士|小姐|阿姨|叔叔|大爷|大妈|师傅|老师)/gu;

/**
 * A citizen's words as everybody at the desk may see them before taking the conversation: numbers and names hidden
 * (个人信息保护法 第五十一条: 去标识化). `names`: those known of the citizen.
 */
export function withoutPersons(text: string, names: (string | undefined)[] = []): string {
  const halfWidth = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  let masked = halfWidth.replace(NUMBERS, "***").replace(INTRODUCED, "$1***").replace(ADDRESSED, "*");
  for (const name of names) if (name) masked = masked.replaceAll(name, "***");
  return masked;
}
