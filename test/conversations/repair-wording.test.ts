import { describe } from "vitest";
import { bot, citizen, type Line, never, pickClassIfAsked, transcript, withHouse } from "./transcript.ts";

withHouse();

const LAMP = "望京西园四区2号楼五单元门口路灯坏了，晚上一片漆黑";
const asked: Line[] = [citizen(LAMP), pickClassIfAsked, bot(/称呼和电话/)];
const summed: Line[] = [...asked, citizen("王女士 13800000000"), bot(/请核对/)];

/** The same wish in the words that different people have for it; before, and what must and must not follow. */
function wordings(what: string, before: Line[], texts: string[], ...after: Line[]): void {
  for (const text of texts) transcript(`${what}：${text}`, [...before, citizen(text), ...after]);
}

describe("同一个意思，各人各说法", () => {
  wordings(
    "先放着",
    asked,
    ["等一下", "稍等", "我先忙", "回头再说", "明天再填", "先存着吧", "待会儿再说", "有事先走了"],
    bot(/先存着/),
    citizen("继续"),
    bot(/已经填了[\s\S]*路灯坏了/),
    bot(/称呼和电话/),
  );
  wordings(
    "接着填",
    [...asked, citizen("先放着"), bot(/先存着/)],
    ["继续", "接着填", "我要继续填", "恢复", "还是登记吧", "继续上次的"],
    bot(/已经填了[\s\S]*路灯坏了/),
    bot(/称呼和电话/),
  );
  wordings(
    "取消",
    asked,
    ["取消", "算了", "不办了", "退出"],
    bot(/已取消/),
    citizen("不取消了"),
    bot(/已经填了[\s\S]*路灯坏了/),
  );
  wordings(
    "再说一遍",
    asked,
    ["再说一遍", "你刚才说什么", "没看清", "麻烦再说一次", "你问的什么", "重复一下"],
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/^(?![\s\S]*(?:再说|刚才说|没看清|问的什么|重复))[\s\S]*请核对/),
  );
  wordings(
    "填到哪了",
    asked,
    ["我填到哪了", "我刚才都说了什么", "看看我填了什么", "到哪一步了"],
    bot(/已经填了[\s\S]*路灯坏了/),
    bot(/称呼和电话/),
  );
  wordings(
    "为什么",
    asked,
    ["为什么", "为啥要电话", "要电话干什么", "这是什么意思", "没看懂"],
    bot(/找您核实/),
    bot(/称呼和电话/),
  );
  wordings(
    "改单元",
    summed,
    [
      "不对，是三单元",
      "错了，三单元",
      "说错了，应该是三单元",
      "不是五单元，是三单元",
      "是三单元不是五单元",
      "五单元改成三单元",
      "更正一下，三单元",
      "应该是三单元",
    ],
    bot(/地点已改为“望京西园四区2号楼三单元/),
    bot(/请核对/),
  );
  wordings(
    "改电话",
    summed,
    ["电话改成13900000001", "不对，是13900000001", "电话写错了，是 139 0000 0001", "13900000001"],
    bot(/联系方式已改为“王女士，139\*{4}0001”/),
  );
  wordings(
    "改时间",
    summed,
    ["时间改成上周二晚上", "不对，是上周二晚上", "应该是上周二晚上"],
    bot(/时间已改为“上周二晚上/),
  );
  wordings(
    "插一句问政策",
    asked,
    ["失业金能领几个月？", "顺便问一下，失业金能领几个月"],
    bot(/依据/),
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/^(?![\s\S]*失业金)[\s\S]*请核对/),
  );
  wordings("插一句闲话", asked, ["谢谢", "你是真人吗", "在吗"], never(/没能用上/), bot(/称呼和电话/));
});
