import { Alert, Table } from "antd";
import { useCallback } from "react";
import { channelWord } from "../../channel-words.ts";
import type { KnowledgeApi } from "../api.ts";
import type { AnsweredCount, Entry } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { CorrectionForm } from "./correction-form.tsx";

/** How often each version was given to citizens, never to whom; and the way to tell them that it was wrong. */
export function AnsweredTab({ api, entry }: { api: KnowledgeApi; entry: Entry }) {
  const { id, shown, may, mayNot } = entry;
  const counts = useLoaded(useCallback((signal: AbortSignal) => api.answered(id, signal), [api, id]));
  const why = mayNot.find(({ deed }) => deed === "correct")?.why;
  return (
    <div className="two">
      <section>
        <h3>按哪一版答复过多少</h3>
        <Trouble error={counts.error} onRetry={counts.reload} />
        <Table<AnsweredCount>
          rowKey={({ version, channel }) => `${version} ${channel}`}
          size="small"
          loading={counts.loading && counts.value === undefined}
          dataSource={counts.value ?? []}
          pagination={false}
          locale={{ emptyText: "还没有据此答复过市民" }}
          columns={[
            {
              title: "版本",
              render: (_, { version }) => `第 ${version} 版${version === shown?.version ? "（现行）" : ""}`,
            },
            { title: "渠道", render: (_, { channel }) => channelWord(channel) },
            { title: "答复次数", dataIndex: "answers", align: "right" },
            { title: "对话数", dataIndex: "conversations", align: "right" },
          ]}
        />
        <p className="soft small">只有数目，看不到是谁。记录保留一年。</p>
      </section>
      <section>
        <h3>告诉他们更正</h3>
        {may.includes("correct") && shown ? (
          <CorrectionForm api={api} id={id} current={shown.version} onPushed={counts.reload} />
        ) : (
          <Alert type="info" showIcon title={why ?? "现在没有在用的版本，不能推送更正。先发布改好的版本。"} />
        )}
      </section>
    </div>
  );
}
