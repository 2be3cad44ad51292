import { expect, it } from "vitest";
import { versionStates } from "../../../../../knowledge/life/states.ts";
import { SIGNS } from "../../../../../knowledge/policies/ranking/signs.ts";
import { featureWord, fieldWord, STATES, valueWord } from "../../../../../server/web/staff/knowledge/words.ts";

const CHINESE = /\p{Script=Han}/u;

it("every state of a version has a word", () => {
  expect(Object.keys(STATES).sort()).toEqual([...versionStates].sort());
});

it.each(SIGNS)("the sign %s, by which documents are ranked, is said in Chinese", (sign) => {
  expect(featureWord(sign)).toMatch(CHINESE);
});

it("what has no word of its own stands as it is", () => {
  expect(featureWord("tomorrow")).toBe("tomorrow");
  expect(fieldWord("tomorrow")).toBe("tomorrow");
  expect(valueWord("source.checkedBy", "memory")).toMatch(CHINESE);
  expect(valueWord("owner", "体育局")).toBe("体育局");
});
