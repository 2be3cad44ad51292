import { expect, it } from "vitest";
import { addressOf, readAddress } from "../../../../server/web/staff/address.ts";
import { sectionsOf } from "../../../../server/web/staff/sections.ts";

it.each([
  [["knowledge", "entries", "k/1 号"], { tab: "audit" }],
  [["tickets"], {}],
  [["knowledge", "entries"], { q: "失业 金&c", page: "2" }],
])("an address keeps its parts and its query: %j %j", (parts, query) => {
  const read = readAddress(addressOf(parts, query));
  expect(read.parts).toEqual(parts);
  expect(Object.fromEntries(read.query)).toEqual(query);
});

it("leaves out of the query what is empty", () => {
  expect(addressOf(["knowledge", "entries"], { q: "", status: undefined, page: 3 })).toBe(
    "/staff/knowledge/entries?page=3",
  );
});

it.each(["/staff/", "/elsewhere/knowledge"])("%s is no page of the console", (href) => {
  expect(readAddress(href).parts).toEqual([]);
});

it("takes a part that is no proper escape as it stands", () => {
  expect(readAddress("/staff/knowledge/entries/100%").parts).toEqual(["knowledge", "entries", "100%"]);
});

it.each([
  ["admin", ["tickets", "reception", "undelivered", "knowledge"]],
  ["center", ["tickets", "undelivered"]],
  ["unit", ["tickets", "undelivered"]],
  ["operator", ["reception"]],
  ["editor", ["knowledge"]],
  ["reviewer", ["knowledge"]],
  ["publisher", ["knowledge"]],
])("%s works with %j, the first of them first", (role, keys) => {
  expect(sectionsOf(role).map(({ key }) => key)).toEqual(keys);
});
