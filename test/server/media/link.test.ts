import { describe, expect, it } from "vitest";
import { createMediaLinks } from "../../../server/media/link.ts";

describe("signed links to evidence", () => {
  const links = createMediaLinks("k".repeat(40));
  const signature = new URLSearchParams(links.sign("m-1")).get("k");

  it("open the upload they were made for", () => {
    expect(links.isSigned("m-1", signature)).toBe(true);
  });

  it.each([
    ["another upload", "m-2", signature],
    ["no signature", "m-1", undefined],
    ["a list instead of a text", "m-1", [signature]],
    ["a shortened signature", "m-1", signature?.slice(1)],
  ])("do not open %s", (_what, id, given) => {
    expect(links.isSigned(id, given)).toBe(false);
  });

  it("lose their force with the key", () => {
    expect(createMediaLinks("l".repeat(40)).isSigned("m-1", signature)).toBe(false);
  });
});
