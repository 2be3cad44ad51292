import { describe } from "vitest";
import { bot, citizen, location, never, pickClassIfAsked, press, transcript, withHouse } from "./transcript.ts";

withHouse();

const LAMP = "八里庄街道有盏路灯坏了好几天，晚上看不见路";

describe("同名的地方", () => {
  transcript("一名两地，让人选，不猜", [
    citizen(LAMP),
    bot(/叫“八里庄街道”的地方有 2 个[\s\S]*朝阳区 八里庄街道[\s\S]*海淀区 八里庄街道/),
    press("海淀区 八里庄街道"),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/地点：八里庄街道（海淀区 八里庄街道）/),
    citizen("确认"),
    bot(/受理编号/),
  ]);

  for (const answer of ["1", "朝阳区 八里庄街道", "朝阳", "朝阳区", "朝阳区的"]) {
    transcript(`按序号、名字、区名都能答：${answer}`, [
      citizen(LAMP),
      bot(/有 2 个/),
      citizen(answer),
      pickClassIfAsked,
      bot(/称呼和电话/),
      citizen("匿名"),
      bot(/（朝阳区 八里庄街道）/),
    ]);
  }

  transcript("都不是，重新写一个", [
    citizen(LAMP),
    bot(/有 2 个/),
    press("都不是，我重新写"),
    pickClassIfAsked,
    bot(/发生在哪里/),
    citizen("望京西园四区"),
    bot(/称呼和电话/),
  ]);

  transcript("问哪一个时直接说别的地址，也行", [
    citizen(LAMP),
    bot(/有 2 个/),
    citizen("望京西园四区"),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/地点：望京西园四区/),
  ]);

  transcript("回答地点时说的名字有两处，也让人选", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    pickClassIfAsked,
    bot(/发生在哪里/),
    citizen("八里庄街道"),
    bot(/有 2 个/),
    citizen("2"),
    bot(/称呼和电话/),
  ]);

  transcript("说清了是哪个区，就不再问", [citizen(`海淀区${LAMP}`), never(/有 2 个/)]);
});

describe("定位", () => {
  transcript("定位只是估计，说出来请人核对", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    pickClassIfAsked,
    bot(/发生在哪里/),
    citizen(location(39.9962, 116.4803)),
    bot(/大约在朝阳区望京街道一带，不对的话请直接写地址/),
    citizen("匿名"),
    bot(/（约在 朝阳区 望京街道，请核对）/),
    citizen("地点改成望京西园四区"),
    bot(/地点：望京西园四区/),
  ]);

  transcript("定位在别的城市，不硬套", [
    citizen("路灯坏了半个月，晚上一片漆黑"),
    pickClassIfAsked,
    bot(/发生在哪里/),
    citizen(location(31.2, 121.4)),
    never(/大约在/),
    bot(/称呼和电话/),
  ]);
});

describe("写错一个字", () => {
  transcript("“望京西圆四区”认得", [
    citizen("望京西圆四区门口的路灯坏了好几天了"),
    pickClassIfAsked,
    bot(/称呼和电话/),
    citizen("匿名"),
    bot(/朝阳区 望京街道/),
  ]);
});
