import type { CategoryGuess, Danger, Intent } from "../../bots/model/index.ts";
import type { Catalogue, Triage } from "../../bots/ports.ts";
import { normalize } from "../text/normalize.ts";
import { mayBeDanger } from "./danger/caution.ts";
import { dangerIn } from "./danger/danger.ts";
import { intentOf } from "./intent.ts";
import { kindOf } from "./kind.ts";
import type { LetterKind } from "./letter-kind.ts";
import { mannerOf } from "./manner.ts";
import { mattersIn } from "./matters.ts";
import { slotsIn } from "./slots/slots.ts";
import { statutoryMatterIn } from "./statutory.ts";

const CATEGORIES = 3;
/** A citizen may paste a page; its first part tells what it is about, and patterns stay quick. */
const READ_LENGTH = 2000;

/** Reads a message by rules and by the catalogue. */
export function createTriage({ catalogue, letterKind }: { catalogue: Catalogue; letterKind?: LetterKind }): Triage {
  return {
    async read(message, at) {
      const text = message.slice(0, READ_LENGTH);
      const danger = dangerIn(text);
      const said = intentOf(text);
      let ranked: CategoryGuess[] | undefined;
      // Ranking takes longer than all the rest, and what greets, answers or confirms is never asked what it is about.
      const categories = () => {
        ranked ??= catalogue.rank(text, CATEGORIES);
        return ranked;
      };
      const intent = intentFor(text, said, danger, categories);
      const slots = slotsIn(text, { at, intent });
      const statutory = statutoryMatterIn(text);
      return {
        intent,
        kind: kindOf(text, intent, danger, letterKind),
        get categories() {
          return categories();
        },
        ...(danger && { danger }),
        ...(!danger && intent === "request" && mayBeDanger(text) ? { caution: true } : {}),
        ...(statutory && { statutory }),
        slots,
        ...mannerOf(text),
        ...(slots.some(({ slot }) => slot === "creditCode") ? { enterprise: true } : {}),
        matters: mattersIn(text, (part) => catalogue.rank(part, 1)[0]),
      };
    },
  };
}

/** Tells that something is so, rather than naming a subject: "路灯没人修" against "公积金提取". */
const STATEMENT =
  /[了着被把没不太很都还]|又.{1,3}又|从.+到|有(人|个|只|条|辆)|吃出|特别|突然|一直|到处|好多|天天|半夜|乱(拉|扔|停|收|堆)|多(收|扣)|硬要|松动|打(孩子|老人|人)/;
/** From this confidence on the catalogue knows what is told of. */
const TOLD_FROM = 0.2;

/** Danger is always a request. A statement without a plain sign of either is one too when the catalogue recognises the matter. */
function intentFor(
  text: string,
  said: Intent,
  danger: Danger | undefined,
  categories: () => readonly CategoryGuess[],
): Intent {
  if (danger && said !== "human" && said !== "progress") return "request";
  if (said !== "unclear" || !STATEMENT.test(normalize(text))) return said;
  return (categories()[0]?.confidence ?? 0) >= TOLD_FROM ? "request" : said;
}
