import { describe, expect, it } from "vitest";
import { loadCatalogue } from "../../../knowledge/catalogue/load.ts";
import { loadMunicipalLabels, MUNICIPAL_LABELS } from "../../../knowledge/catalogue/municipal-labels.ts";

const { leaves } = loadCatalogue();
const municipalLabel = loadMunicipalLabels();

describe("the seven labels of letters", () => {
  it("has one for every leaf, and a leaf for every one", () => {
    expect(new Set(leaves.map(({ code }) => municipalLabel(code)))).toEqual(new Set(MUNICIPAL_LABELS));
  });

  it.each([
    ["110101", "劳动和社会保障"],
    ["010101", "城乡建设"],
    ["010203", "商贸旅游"],
    ["100301", "劳动和社会保障"],
    ["100101", "卫生计生"],
  ])("files %s under %s, the longest code first", (code, label) => {
    expect(municipalLabel(code)).toBe(label);
  });

  it("has none for a 类 that the catalogue does not have", () => {
    expect(municipalLabel("770101")).toBeUndefined();
  });
});
