import { Descriptions } from "antd";
import { useCallback } from "react";
import type { KnowledgeApi } from "../api.ts";
import { formOf } from "../form.ts";
import type { Content } from "../model.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { fieldWord, valueWord } from "../words.ts";

/** One version whole: what it has, in the order in which it is written. */
export function VersionText({ api, id, version }: { api: KnowledgeApi; id: string; version: number }) {
  const found = useLoaded(useCallback((signal: AbortSignal) => api.version(id, version, signal), [api, id, version]));
  return (
    <>
      <Trouble error={found.error} onRetry={found.reload} />
      {found.value && (
        <Descriptions
          bordered
          column={1}
          size="small"
          title={`第 ${found.value.version} 版`}
          styles={{ label: { width: 110 } }}
          items={rows(found.value.content)}
        />
      )}
    </>
  );
}

function rows(content: Content) {
  const { source, tests, demonstration, ...form } = formOf(content);
  const all: [string, string][] = [
    ...Object.entries(form),
    ...Object.entries(source).map(([field, value]): [string, string] => [`source.${field}`, value]),
    [
      "tests",
      tests.map(({ question, expect }) => `${question}（${expect === "this" ? "应答" : "不应答"}）`).join("\n"),
    ],
    ["demonstration", demonstration ? "true" : ""],
  ];
  return all
    .filter(([, value]) => value !== "")
    .map(([field, value]) => ({
      key: field,
      label: fieldWord(field),
      children: <span className="words">{valueWord(field, value)}</span>,
    }));
}
