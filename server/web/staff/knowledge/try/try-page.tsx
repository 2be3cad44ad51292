import { Alert, Button, Input, Spin } from "antd";
import { useCallback, useState } from "react";
import { addressOf } from "../../address.ts";
import { go } from "../../navigation.ts";
import type { KnowledgeApi } from "../api.ts";
import type { Tried } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { TriedView } from "./tried-view.tsx";

/** What a citizen would get now, and what they would get if all drafts were published, with the reasons. */
export function TryPage({ api, query }: { api: KnowledgeApi; query: URLSearchParams }) {
  const asked = query.get("q") ?? "";
  const [question, setQuestion] = useState(asked);
  const ask = () => go(addressOf(["knowledge", "try"], { q: question.trim() }));
  return (
    <section className="panel" aria-label="试问">
      <form
        className="filters gap-below"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Input
          className="try-question"
          size="large"
          aria-label="市民的问题"
          placeholder="像市民那样问一句，如：失业金能领几个月"
          value={question}
          maxLength={2_000}
          onChange={(event) => setQuestion(event.target.value)}
          data-testid="try-question"
        />
        <Button type="primary" size="large" htmlType="submit" disabled={question.trim() === ""}>
          试问
        </Button>
      </form>
      {asked === "" ? (
        <p className="soft">左边是市民现在得到的，右边是全部草稿发布以后会得到的，下面是为什么。</p>
      ) : (
        <BothSides key={asked} api={api} question={asked} />
      )}
    </section>
  );
}

function BothSides({ api, question }: { api: KnowledgeApi; question: string }) {
  const load = (base: "published" | "draft") => (signal: AbortSignal) => api.tryOut(question, base, signal);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is made of these
  const now = useLoaded(useCallback(load("published"), [api, question]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is made of these
  const then = useLoaded(useCallback(load("draft"), [api, question]));
  const isOther = now.value && then.value && outcome(now.value) !== outcome(then.value);
  return (
    <>
      {now.value && !now.value.asksSomething && (
        <Alert
          type="info"
          showIcon
          className="gap-below"
          title="这句话不像在问可以用知识回答的事（打招呼、投诉、个人感受等），不会从知识库答。"
        />
      )}
      {isOther && <Alert type="warning" showIcon className="gap-below" title="草稿发布以后，这个问题的答复会变。" />}
      <div className="two">
        {(
          [
            ["现在（已发布的）", now, "published"],
            ["以后（好像全部草稿都已发布）", then, "draft"],
          ] as const
        ).map(([title, side, base]) => (
          <section key={base} data-testid={`tried-${base}`} aria-label={title}>
            <h3>{title}</h3>
            <Trouble error={side.error} onRetry={side.reload} />
            {side.value ? <TriedView tried={side.value} /> : side.loading && <Spin />}
          </section>
        ))}
      </div>
    </>
  );
}

const outcome = ({ kind, text, sources }: Tried): string =>
  kind === "answered" ? `${sources[0]?.entryId} ${text}` : "unsure";
