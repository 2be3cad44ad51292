import { expect, it } from "vitest";
import { takeLinkCode } from "../../../../server/web/chat/link-code.ts";

function page(hash: string) {
  const location = { hash, pathname: "/", search: "?a=1" };
  const visited: string[] = [];
  const history = {
    replaceState(_state: unknown, _title: string, url: string) {
      visited.push(url);
      location.hash = "";
    },
  };
  return { location, history, visited };
}

it("the code in the address is taken once, and the address forgets it", () => {
  const { location, history, visited } = page("#link=k7qm3xpd");
  expect(takeLinkCode(location, history)).toBe("K7QM3XPD");
  expect(visited).toEqual(["/?a=1"]);
  expect(takeLinkCode(location, history)).toBeUndefined();
});

it.each(["", "#top", "#link=", "#link=<script>", "#link=K7QM3XPD9"])("%j brings no code and stays as it is", (hash) => {
  const { location, history, visited } = page(hash);
  expect(takeLinkCode(location, history)).toBeUndefined();
  expect(visited).toEqual([]);
});
