import type { LabelledMessage } from "../../../../knowledge/triage/learned/message.ts";

const subjects: Readonly<Record<string, readonly string[]>> = {
  供暖: ["暖气不热", "供暖温度不够", "暖气片漏水", "热力站停热"],
  公交: ["公交车不停站", "公交线路太绕", "末班公交太早", "公交站牌倒了"],
  学校: ["小学学位不够", "学校食堂不干净", "幼儿园乱收费", "中学补课"],
};
const streets = ["青石巷", "望湖里", "北桥街", "杨树湾", "竹林路"];
const wishes = ["请尽快派人来看看", "希望给个说法", "麻烦处理一下"];

/** Sixty made-up letters of three subjects, none a near-duplicate of another's text by chance of wording alone. */
export const letters: readonly LabelledMessage[] = Object.entries(subjects).flatMap(([label, matters]) =>
  matters.flatMap((matter, m) =>
    streets.map((street, s) => ({
      label,
      title: `${street}${matter}`,
      text:
        s === 0 ? "" : `我住在${street}${m * 5 + s}号，${matter}已经${s + 2}天了，${wishes[(m + s) % wishes.length]}。`,
    })),
  ),
);
