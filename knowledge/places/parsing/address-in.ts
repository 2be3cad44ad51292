import { type DivisionNames, loadDivisionNames } from "./division-names.ts";
import { loadPlacesModel } from "./model-file.ts";
import { type AddressParser, type AddressSpan, createAddressParser } from "./parser.ts";
import type { Stretch } from "./windows.ts";

/** An address found in a sentence: where it stands and what its parts are, counted in the sentence's own UTF-16 units. */
export interface FoundAddress extends Stretch {
  text: string;
  spans: AddressSpan[];
}

export interface AddressFinder {
  /** The stretches of running text that read as addresses, in their order; none for a text that names no place. */
  addressIn(text: string): FoundAddress[];
  /** All parts of a text that is an address by itself; of a sentence only those of the addresses in it. */
  spansOf(text: string): AddressSpan[];
}

/** Words around an address in a sentence, which end or begin it and are hardly ever part of a name. */
const SENTENCE_WORDS = new RegExp(
  [
    "昨天|今天|前天|昨晚|今早|最近|目前|现在|刚才|早上|上午|中午|下午|晚上|夜里|半夜|每天|一直|经常|总是|已经|好几|天天|\\d{1,2}月\\d{1,2}[日号]",
    "请问|咨询|反映|反应|投诉|举报|建议|求助|希望|发现|看到|听说|位于|地址|居住|住在|家住|在家|业主|居民们?|我们|你们|他们|您好|你好|谢谢|麻烦|联系",
    "处理|解决|维修|施工|扰民|噪音|漏水|停水|停电|停气|积水|堵塞|堵车|损坏|坏了|破损|丢失|垃圾|井盖|路灯|电梯|暖气|没人|没有|没法|走路|上路|修路|堵路|绕路|拦路|道路(?=$|没|坑|塌|坏)|不亮|不能|不让|无法",
    "为什么|什么|怎么|哪里|多少|有人|有个|有一|发生|存在|导致|乱停|占道|占用|停放|违建|违章|堆放|经营|附近居民",
    "[，。！？；：、,;!?\"“”'‘’()（）【】\\s]",
    "[的了在是被把我你他她它您吗呢吧啊这那哪也又很从给让没请问等因但而且着]|有(?!限)|(?<![成首花])都|对(?!面)|向(?!阳)|太(?![平阳原湖仓])|不|到|过(?!街)",
  ].join("|"),
  "g",
);
/** Marks and words that an address by itself does not have. */
const SENTENCE =
  /[，。！；;\n]|[了吗呢吧啊](?=$|[？?\s])|没有|怎么|为什么|什么|请问|投诉|反映|举报|坏了|没了|不亮|扰民/;

const NUMBER = "[0-9A-Za-z一二三四五六七八九十甲乙丙丁]";
/** What names of places end in. The label does not matter: a street may have been taken for a building, and is a place all the same. */
const NAME_LABELS = new Set([
  "town",
  "community",
  "village_group",
  "road",
  "subRoad",
  "subroad",
  "devZone",
  "poi",
  "subpoi",
]);
const ENDING =
  /(?:..(?:街道|镇|乡|地区|小区|家园|花园|公寓|大厦|广场|中心|公园|学校|小学|中学|大学|学院|幼儿园|医院|市场|商场|超市|酒店|宾馆|银行|公司|工业区|科技园|园|苑|城|庭|府|湾|里|院|厂|站|寺|店|[东南西北一二三四五六七八九十]?区)|.(?:社区|村|庄|屯|居委会|路|街|道|巷|胡同|弄|里|高速|环))$/;
const NUMBERED = new RegExp(`${NUMBER}(?:号楼?|号院|栋|幢|座|楼|单元|室|层|弄|院|区|门)$`);
const NUMBER_LABELS = new Set(["roadno", "subroadno", "houseno", "cellno", "floorno", "roomno", "subpoi"]);
const DIVISION_LABELS = new Set(["prov", "city", "district"]);
/** What may follow the last sure part. */
const TRAILING =
  /^(?:(?:大|正|东|西|南|北)?门口?|门前|路口|交叉口|十字路口|对面|旁边?|附近|[东西南北]侧|[东西南北]门|楼下|楼上|楼顶|内|院内|地下室|停车场|地铁站|公交站)$/;
/** Common words that end like a place without naming one. */
const COMMON =
  /^(?:小区|社区|全?市|[本该整全我]?(?:小区|社区|村|街道|镇|乡|区|市)|马路|道路|公路|人行道|盲道|车道|便道|渠道|通道|管道|下水道|自行车道|学校|医院|超市|市场|商场|公司|物业公司|幼儿园|停车场|广场|公园|门店|饭店|商店|网站|物业|地铁站|公交站|车站|家里|这里|那里|心里|城里|夜里)$/;

export function createAddressFinder({ parser, names }: { parser: AddressParser; names: DivisionNames }): AddressFinder {
  const isSure = ({ label, text }: AddressSpan): boolean => {
    if (COMMON.test(text)) return false;
    if (DIVISION_LABELS.has(label)) return names.find(text) !== undefined;
    if (NUMBER_LABELS.has(label) && NUMBERED.test(text)) return true;
    return NAME_LABELS.has(label) && ENDING.test(text);
  };
  const addressIn = (text: string): FoundAddress[] =>
    candidatesOf(text).flatMap(({ start, end }) => {
      const kept = sureStretch(parser.parse(text.slice(start, end)), isSure);
      return kept.length === 0 ? [] : [foundAt(text, kept, start)];
    });
  return {
    addressIn,
    spansOf: (text) => (SENTENCE.test(text) ? addressIn(text).flatMap(({ spans }) => spans) : parser.parse(text)),
  };
}

/** The finder with the model and the names that ship with it. `quick` leaves the networks out: a little worse, in a quarter of the time. */
export function loadAddressFinder({ quick = false } = {}): AddressFinder {
  const names = loadDivisionNames();
  const model = loadPlacesModel();
  const parser = createAddressParser({ model: quick ? { ...model, networks: [] } : model, names });
  return createAddressFinder({ parser, names });
}

/** The text between sentence words; an address that has such a word in its name is cut there. */
function candidatesOf(text: string): Stretch[] {
  const candidates: Stretch[] = [];
  let start = 0;
  for (const word of text.matchAll(SENTENCE_WORDS)) {
    if (word.index - start >= 2) candidates.push({ start, end: word.index });
    start = word.index + word[0].length;
  }
  if (text.length - start >= 2) candidates.push({ start, end: text.length });
  return candidates;
}

/** From the first sure part to the last, with words of position after it. A lone number ("3号", a day as likely as a house) is no address. */
function sureStretch(spans: readonly AddressSpan[], isSure: (span: AddressSpan) => boolean): AddressSpan[] {
  const first = spans.findIndex(isSure);
  if (first < 0) return [];
  let last = spans.findLastIndex(isSure);
  if (first === last && /^\d+号?$/.test((spans[first] as AddressSpan).text)) return [];
  while (TRAILING.test(spans[last + 1]?.text ?? "")) last++;
  return spans.slice(first, last + 1);
}

function foundAt(text: string, spans: readonly AddressSpan[], offset: number): FoundAddress {
  const moved = spans.map((span) => ({ ...span, start: span.start + offset, end: span.end + offset }));
  const start = (moved[0] as AddressSpan).start;
  const end = (moved.at(-1) as AddressSpan).end;
  return { start, end, text: text.slice(start, end), spans: moved };
}
