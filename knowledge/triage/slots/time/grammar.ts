import { HOLIDAY_NAMES } from "./holidays.ts";

/** How times are written, as sources of expressions over text with ASCII digits and signs. */

const CN = "[〇零一二三四五六七八九十两]";

export const HOLIDAY = `(?:${HOLIDAY_NAMES.join("|")})`;
export const PART =
  "(?:大清早|一大早|凌晨|清晨|清早|早上|早晨|上午|中午|下午|午后|傍晚|晚上|晚间|夜里|夜间|大半夜|后半夜|前半夜|半夜三更|半夜|深夜|午夜|早|晚|夜)";
/** Minutes without 分 only where nothing else can be counted: in "11点三号楼" the three is a building's. */
const MINUTE = `(?:半|整|一刻|三刻|(?:\\d{1,2}|${CN}{1,3})分|(?:[0-5]\\d|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])(?![\\d号楼栋幢单层室个多几人块元米点]))`;
export const CLOCK = `(?:(?<![\\d.:])(?:\\d{1,2}|${CN}{1,3})(?:点|时(?![候间常不尚装代长隔]))(?:钟)?(?:${MINUTE})?(?:钟)?|(?<![\\d.:])\\d{1,2}:[0-5]\\d(?::[0-5]\\d)?(?![\\d:]))(?:多钟?|左右|前后|许|过后|以后|之后)*`;

const YEAR = "(?:(?<!\\d)(?:19|20)\\d{2}年?|今年|去年|前年|大前年)";
const MONTH = `(?:(?<![\\d.])(?:1[0-2]|0?[1-9])|十[一二]?|[一二三四五六七八九])月(?:份)?`;
const MONTH_DAY = `(?:[0-3]?\\d|${CN}{1,3})(?:日|号(?![楼院线门库机桌柜地坑铺馆厅仓车位池梯宿商文通卡码房室段店]))`;
const DATE = `(?:(?:今年|去年|前年)?的?${HOLIDAY}(?:期间|假期|长假|放假|那天|当天|当(?=晚)|前夕)*|(?:19|20)\\d{2}[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12]\\d|3[01]|0?[1-9])(?!\\d)|(?:${YEAR}的?)?${MONTH}(?:${MONTH_DAY}|初|上旬|中旬|下旬|底|末)?|(?:(?:上上|上|这|本)个?月的?)(?:${MONTH_DAY}|初|上旬|中旬|下旬|底|末)?|(?<![\\d第])${MONTH_DAY}|(?:19|20)\\d{2}年(?:初|底|末)?|(?:今年|去年|前年|大前年)(?:初|年初|年底|夏天|冬天|春天|秋天|上半年|下半年)?)`;
const WEEKDAY = "(?:上上|上|这|本)?个?(?:周|星期|礼拜)(?:[一二三四五六日天]|末(?!愉))";
const AGO = `(?:\\d{1,3}|${CN}{1,3}|半)(?:个)?(?:多)?(?:小时|钟头|分钟|天|周|星期|礼拜|月|年)(?:以|之)?前`;
const DAY = `(?:大大前天|大前天|前天|昨天|昨日|昨儿|今天|今日|今儿|当天|${AGO}|${WEEKDAY}|(?:上上|上|这|本)个?(?:周|星期|礼拜)(?!${CN})|刚才|刚刚|前几天|前两天|前些天|前阵子|前段时间|前不久|这几天|这两天|最近|近期|近日|近来|今(?=早|晚|晨|夜)|昨(?=早|晚|晨|夜)|前(?=晚)|今晨|昨晨)`;
const PART_OR_MORNING = `(?:${PART}|晨)`;

/** A day, a part of it, a time of day, in this order; at least a day, or a time of day that cannot be taken for a number. */
export const POINT = `(?:(?:${DAY}|${DATE})(?:的| )?(?:${PART_OR_MORNING}的?)?(?:${CLOCK})?|${PART}的?${CLOCK}|${CLOCK})`;
/** Again and again. */
export const PERIODIC = `(?:每(?:天|晚|日|个?周末|周|个?月|年|逢|到|个?(?:周|星期|礼拜)(?:[一二三四五六日天末])?|隔)|天天|日日夜夜|夜夜|日日|整天|整夜|成天|周末|工作日|节假日)(?:都)?(?:是)?(?:从)?(?:${PART}的?)?(?:${CLOCK})?`;
export const UNTIL_NOW = "(?:现在|今天|目前|如今|今)";
export const TO = "(?:一直)?(?:到|至|-|~|—)";

const COUNT = `(?:\\d{1,3}(?:\\.5)?|${CN}{1,3}|半|好几|几|数|多)`;
const SPAN_UNIT =
  "(?:个)?(?:半)?(?:多)?(?:小时|钟头|分钟|天|周|星期|礼拜|(?<=个半?|半|个多)月|年(?!级|代|轻|底|初)|晚上|晚(?!点|上课)|宿(?!舍)|夜)";
const LASTING = "(?:已经|已|都(?:快)?|快|整整|大概|大约|持续了?|连续|接连|连着|一连|长达|超过|将近|足足|断断续续|有)";
/** How long; only what says that it lasts: "三天" alone may be a deadline or a price. */
export const LENGTH = `(?:${LASTING}{1,3}(?:了)?${COUNT}(?:多)?${SPAN_UNIT}(?:${CN}夜)?(?:多|了|以上|左右|之久|来)*|${COUNT}(?:多)?${SPAN_UNIT}(?:${CN}夜)?(?:多)?(?:了(?!解)|以来|来(?=[一没都,，。])|之久|没(?!有)|都没|还没|也没|一直))`;
