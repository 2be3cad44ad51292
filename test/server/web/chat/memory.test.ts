import { expect, it } from "vitest";
import { createMemory } from "../../../../server/web/chat/memory.ts";

it("works without the browser's store until the page is closed", () => {
  const memory = createMemory(() => {
    throw new Error("storage is blocked");
  });
  memory.set("a", "1");
  expect(memory.get("a")).toBe("1");
  expect(memory.keys()).toEqual(["a"]);
  memory.remove("a");
  expect(memory.get("a")).toBeUndefined();
});
