import { App, Button, Select, Spin } from "antd";
import { useCallback } from "react";
import { sayWhen } from "../../../when.ts";
import { addressOf } from "../../address.ts";
import { sentenceOf } from "../../api.ts";
import { go } from "../../navigation.ts";
import type { KnowledgeApi } from "../api.ts";
import type { Content, Entry, VersionLine } from "../model.ts";
import { StateTag } from "../state-tags.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { STATES } from "../words.ts";
import { DiffView } from "./diff-view.tsx";
import { VersionText } from "./version-text.tsx";

interface Props {
  api: KnowledgeApi;
  entry: Entry;
  query: URLSearchParams;
  /** Takes the words of a version into the editor. */
  onUse: (content: Content) => void;
}

/** All versions, and two of them beside each other: what citizens have and what is under way, until others are chosen; what they never had is shown whole. */
export function VersionsTab({ api, entry, query, onUse }: Props) {
  const { id, edit, head, shown } = entry;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every deed there may be another version
  const list = useLoaded(useCallback((signal: AbortSignal) => api.versions(id, signal), [api, id, edit]));
  const chosen = (name: string) => Number(query.get(name)) || undefined;
  const to = chosen("to") ?? head.version;
  const from = chosen("from") ?? (shown?.version === to ? head.base : shown?.version);
  const choose = (fields: { from?: number; to?: number }) =>
    go(addressOf(["knowledge", "entries", id], { tab: "versions", from, to, ...fields }), { replace: true });
  const { message } = App.useApp();
  const use = () =>
    api.version(id, to).then(
      ({ content }) => onUse(content),
      (failure: unknown) => void message.error(sentenceOf(failure)),
    );
  return (
    <div className="versions">
      <Trouble error={list.error} onRetry={list.reload} />
      <ol className="version-list" aria-label="全部版本">
        {list.value?.map((version) => (
          <VersionItem
            key={version.version}
            line={version}
            isChosen={version.version === to}
            onChoose={() => choose({ to: version.version, from: version.base ?? version.version })}
          />
        ))}
      </ol>
      <div>
        <div className="filters gap-below">
          <VersionSelect
            label="比较：从"
            versions={list.value}
            value={from}
            onChange={(value) => choose({ from: value })}
          />
          <VersionSelect label="到" versions={list.value} value={to} onChange={(value) => choose({ to: value })} />
          {to !== head.version && (
            <Button onClick={() => void use()} data-testid="use-version">
              用第 {to} 版的内容接着写
            </Button>
          )}
        </div>
        {from === undefined || from === to ? (
          <VersionText api={api} id={id} version={to} />
        ) : (
          <Difference api={api} id={id} from={from} to={to} />
        )}
      </div>
    </div>
  );
}

function VersionItem({ line, isChosen, onChoose }: { line: VersionLine; isChosen: boolean; onChoose: () => void }) {
  const now = new Date();
  return (
    <li>
      <button type="button" className="version" aria-pressed={isChosen} onClick={onChoose}>
        <span>
          第 {line.version} 版 <StateTag state={line.state} />
        </span>
        <span className="soft small">
          {line.author.name}，{sayWhen(line.savedAt, now)}
          {line.publishedAt && `；${sayWhen(line.publishedAt, now)} 发布`}
        </span>
      </button>
    </li>
  );
}

interface SelectProps {
  label: string;
  versions?: VersionLine[];
  value?: number;
  onChange: (version: number) => void;
}

function VersionSelect({ label, versions = [], value, onChange }: SelectProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the Select inside is the control
    <label className="inline-field">
      {label}
      <Select
        className="filter-wide"
        aria-label={label}
        value={value}
        onChange={onChange}
        options={versions.map(({ version, state }) => ({
          value: version,
          label: `第 ${version} 版（${STATES[state]}）`,
        }))}
      />
    </label>
  );
}

function Difference({ api, id, from, to }: { api: KnowledgeApi; id: string; from: number; to: number }) {
  const diff = useLoaded(
    useCallback(
      async (signal: AbortSignal) => ({ from, to, changes: await api.diff(id, from, to, signal) }),
      [api, id, from, to],
    ),
  );
  return (
    <>
      <Trouble error={diff.error} onRetry={diff.reload} />
      {diff.value === undefined && diff.loading && <Spin />}
      {diff.value && (
        <DiffView changes={diff.value.changes} before={`第 ${diff.value.from} 版`} after={`第 ${diff.value.to} 版`} />
      )}
    </>
  );
}
