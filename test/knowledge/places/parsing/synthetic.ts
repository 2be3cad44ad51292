import type { LabelledAddress } from "../../../../knowledge/places/parsing/training/train-places.ts";

const roads = ["青禾路", "白桦街", "松涛大道", "听雨巷", "望云路", "碧波街"];
const estates = ["枫林小区", "云杉花园", "银杏苑", "海棠公寓"];
const districts = ["东城区", "西城区", "海淀区", "丰台区"];

/** Writes an address down as its parts: `["青禾路", "road"]`. */
export function labelled(...parts: readonly (readonly [string, string])[]): LabelledAddress {
  let at = 0;
  const spans = parts.map(([text, label]) => {
    const start = at;
    at += text.length;
    return { label, start, end: at };
  });
  return { text: parts.map(([text]) => text).join(""), spans };
}

/** Invented addresses, enough of them to learn a small model from. */
export function inventedAddresses(): LabelledAddress[] {
  return districts.flatMap((district, one) =>
    roads.flatMap((road, two) =>
      estates.map((estate, three) => {
        const number = String(one * 31 + two * 7 + three + 1);
        const house = [`${number}号楼`, "houseno"] as const;
        const room = [`${two + 1}0${three + 1}室`, "roomno"] as const;
        if ((two + three) % 3 === 0)
          return labelled(["北京市", "city"], [district, "district"], [road, "road"], [`${number}号`, "roadno"]);
        return labelled([district, "district"], [road, "road"], [estate, "poi"], house, room);
      }),
    ),
  );
}
