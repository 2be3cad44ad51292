import { normalize } from "../text/normalize.ts";
import { intentOf } from "../triage/intent.ts";

/** Wants a recommendation or an opinion, on which no rule rests. */
const OPINION =
  /哪(家|个|款|种|里|所)[^,。?]{0,4}(好|便宜|靠谱|划算|厉害)|(哪个|什么|啥)牌子|(什么|啥|哪)[^,。?]{0,5}好\??$|推荐|好(吃|看|玩|听)|(赚钱|累|好就业|值得)吗|适合(什么|做|养|吃|去)/;

/** A question about what others do or must do, which speaks of neither side of the talk: "市场监管总局要求如何监管？" wishes for nothing. */
const IMPERSONAL = /^(?=.*(?:如何|什么|哪|怎样|何|多少))(?!.*(?:[我你您咱]|投诉|举报|反映|帮)).*\?$/;

/** Whether a text can be answered with information at all: complaints, greetings and wishes for a person or for advice on taste cannot. */
export function asksSomething(text: string): boolean {
  const plain = normalize(text);
  const intent = intentOf(text);
  return (intent === "question" || intent === "unclear" || IMPERSONAL.test(plain)) && !OPINION.test(plain);
}
