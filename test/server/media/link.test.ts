import { describe, expect, it } from "vitest";
import { createMediaLinks } from "../../../server/media/link.ts";

describe("signed links to evidence", () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const clock = { now: () => now };
  const links = createMediaLinks({ secretKey: "k".repeat(40), clock });
  const signature = new URLSearchParams(links.sign("m-1")).get("k");

  it("open the upload they were made for", () => {
    expect(links.isSigned("m-1", signature)).toBe(true);
  });

  it.each([
    ["another upload", "m-2", signature],
    ["no signature", "m-1", undefined],
    ["a list instead of a text", "m-1", [signature]],
    ["a shortened signature", "m-1", signature?.slice(0, -1)],
    ["a signature without its date", "m-1", signature?.replace(/^\d+\./, "")],
  ])("do not open %s", (_what, id, given) => {
    expect(links.isSigned(id, given)).toBe(false);
  });

  it("lose their force with the key", () => {
    expect(createMediaLinks({ secretKey: "l".repeat(40), clock }).isSigned("m-1", signature)).toBe(false);
  });

  it("close after 90 days, and nobody can put that off", () => {
    now = new Date("2026-03-31T23:59:00Z");
    expect(links.isSigned("m-1", signature)).toBe(true);
    now = new Date("2026-04-01T00:00:00Z");
    expect(links.isSigned("m-1", signature)).toBe(false);
    expect(
      links.isSigned(
        "m-1",
        signature?.replace(/^\d+/, (until) => String(Number(until) + 1)),
      ),
    ).toBe(false);
  });
});
