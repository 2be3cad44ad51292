import { type Response, Router } from "express";
import type { z } from "zod";
import type { SynonymFault } from "../../../knowledge/text/own-synonyms.ts";
import { shippedGroups } from "../../../knowledge/text/synonyms.ts";
import type { SynonymOutcome, Synonyms } from "../../knowledge/synonyms.ts";
import type { SynonymRow } from "../../store/sqlite/knowledge/synonym-table.ts";
import { checked, refuse } from "../desk/checked.ts";
import { editorOf } from "./editor.ts";
import { synonymGroups, synonymPublish, synonymSave, type synonymView } from "./synonym-schemas.ts";

/** The editors' own synonyms; behind the guard of `/api/knowledge`. */
export function createSynonymRouter(synonyms: Synonyms): Router {
  const router = Router();
  const done = (response: Response, outcome: SynonymOutcome) => {
    if (outcome.kind === "done") response.json(view(synonyms.read()));
    else tell(response, outcome);
  };

  router.get("/synonyms", (_request, response) => {
    response.json(view(synonyms.read()));
  });

  router.put("/synonyms", async (request, response) => {
    const body = checked(synonymSave, request.body, response);
    if (body) done(response, await synonyms.propose(editorOf(response), body.base, body));
  });

  router.post("/synonyms/publish", async (request, response) => {
    const body = checked(synonymPublish, request.body, response);
    if (body) done(response, await synonyms.publish(editorOf(response), body.version));
  });

  router.post("/synonyms/preview", async (request, response) => {
    const body = checked(synonymGroups, request.body, response);
    if (body) response.json(await synonyms.preview(body));
  });

  return router;
}

function tell(response: Response, outcome: Exclude<SynonymOutcome, { kind: "done" }>): void {
  refuse(response, ...told(outcome));
}

function told(outcome: Exclude<SynonymOutcome, { kind: "done" }>): [status: number, code: string, message: string] {
  switch (outcome.kind) {
    case "faulty":
      return [400, "bad-input", faultWords(outcome.fault)];
    case "stale":
      return [409, "stale", "同义词刚刚有了变化，请看过现在的内容再操作。"];
    case "not-allowed":
      return outcome.own
        ? [403, "own-version", "这一版您自己写过，要由另一个人来发布。"]
        : [403, "forbidden", "发布要由发布员来做。"];
    default:
      throw new Error(`unknown outcome ${JSON.stringify(outcome satisfies never)}`);
  }
}

function faultWords(fault: SynonymFault): string {
  if (fault.kind === "not-shipped") return `自带的同义词里没有以“${fault.word}”开头的一组。`;
  const where = `第 ${fault.at + 1} 组`;
  switch (fault.kind) {
    case "too-few":
      return `${where}至少要有两个词。`;
    case "length":
      return `${where}的“${fault.word}”要有 2 到 20 个字。`;
    case "blank":
      return `${where}的“${fault.word}”里不能有空格。`;
    case "twice":
      return `${where}的“${fault.word}”已经出现过，一个词只能在一组里出现一次。`;
    default:
      throw new Error(`unknown fault ${JSON.stringify(fault satisfies never)}`);
  }
}

function view({ inUse, proposed, version }: ReturnType<Synonyms["read"]>): z.output<typeof synonymView> {
  const row = ({ savedAt, groups, off, author, version: of }: SynonymRow) => ({
    version: of,
    groups: groups.map((group) => [...group]),
    off,
    author,
    savedAt: savedAt.toISOString(),
  });
  return {
    version,
    shipped: shippedGroups.map((group) => [...group]),
    inUse: inUse && row(inUse),
    proposed: proposed && row(proposed),
  };
}
