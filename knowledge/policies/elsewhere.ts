import { normalize } from "../text/normalize.ts";

/** Provinces, large cities and countries whose rules are their own. */
const ELSEWHERE = new RegExp(
  "上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|" +
    "广州|深圳|杭州|南京|苏州|成都|武汉|西安|郑州|长沙|青岛|济南|大连|沈阳|哈尔滨|长春|石家庄|保定|廊坊|唐山|太原|合肥|南昌|福州|厦门|宁波|无锡|东莞|佛山|珠海|昆明|贵阳|南宁|海口|三亚|兰州|西宁|银川|乌鲁木齐|拉萨|呼和浩特|雄安|燕郊|" +
    "美国|日本|韩国|英国|法国|德国|俄罗斯|加拿大|澳大利亚|澳洲|新西兰|新加坡|泰国|马来西亚|越南|欧盟|欧洲",
  "g",
);
const HERE = /北京|本市|进京|来京|在京|京籍/;

/** Other places that a question is about. None where it names Beijing too: that one is asked from here ("上海的社保怎么转到北京"). */
export function otherPlacesIn(question: string): string[] {
  const text = normalize(question);
  return HERE.test(text) ? [] : [...text.matchAll(ELSEWHERE)].map(([place]) => place);
}
