import { Alert } from "antd";
import { addressOf } from "../../address.ts";
import type { Check } from "../model.ts";

const KINDS = [
  ["lost", "原来能答，发布后答不上"],
  ["other", "发布后换成别的条目来答"],
  ["gained", "原来答不上，发布后能答"],
] as const;

/** What would change, worst first, each with the question itself. `own`: the entry that is published. */
export function CheckResult({ check, own }: { check: Check; own: string }) {
  const { tests, questions } = check;
  const of = (kind: string) => questions.changed.filter(({ change }) => change === kind);
  const isCalm = tests.failed.length === 0 && of("lost").length === 0 && of("other").length === 0;
  return (
    <div className="gap-below" data-testid="check">
      <Alert
        type={isCalm ? "success" : "warning"}
        showIcon
        title={titleOf(check, isCalm)}
        description={`测试问题 ${tests.asked} 个，近一个月市民问过 ${questions.asked} 个；和这一版有关、实际试问了 ${tests.tried + questions.tried} 个。`}
      />
      {tests.failed.length > 0 && (
        <section>
          <h3 className="bad">测试没有通过（{tests.failed.length}）</h3>
          <ul>
            {tests.failed.map(({ of: entryId, question, expect, got, broken }) => (
              <li key={`${entryId}:${question}`}>
                “{question}”{expect === "this" ? "应由" : "不应由任何条目答，这是"}
                <EntryName id={entryId} own={own} />
                {expect === "this" ? "答" : "的测试"}，会{got === undefined ? "答不上" : "由"}
                {got !== undefined && <EntryName id={got} own={own} />}
                {got !== undefined && "来答"}
                {broken ? "（现在是对的）" : "（现在也不对）"}
              </li>
            ))}
          </ul>
        </section>
      )}
      {KINDS.map(([kind, title]) => {
        const changed = of(kind);
        if (changed.length === 0) return null;
        return (
          <section key={kind}>
            <h3 className={kind === "lost" ? "bad" : undefined}>
              {title}（{changed.length}）
            </h3>
            <ul className="long-list">
              {changed.map(({ question, before, after }) => (
                <li key={question}>
                  “{question}”
                  {before && (
                    <>
                      {" "}
                      原来：
                      <EntryName id={before} own={own} />
                    </>
                  )}
                  {after && (
                    <>
                      {" "}
                      之后：
                      <EntryName id={after} own={own} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function titleOf({ tests, questions }: Check, isCalm: boolean): string {
  if (!isCalm) return "发布前请看看下面这些问题。";
  if (tests.tried + questions.tried === 0) return "没有测试问题和市民的问题与这一版有关，无从比较。";
  return "检查过了，没有问题因此答不上。";
}

/** In a new tab: the dialog stays. */
function EntryName({ id, own }: { id: string; own: string }) {
  if (id === own) return <>本条</>;
  return (
    <a href={addressOf(["knowledge", "entries", id])} target="_blank" rel="noreferrer">
      {id}
    </a>
  );
}
