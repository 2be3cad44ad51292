import { Tag } from "antd";
import { addressOf } from "../../address.ts";
import { Link } from "../../link.tsx";
import type { Candidate, Tried } from "../model.ts";
import { featureWord, percent, scopeSentence, speaksAgainst } from "../words.ts";
import { Bar } from "./bar.tsx";

const MOST = 5;

/** One answer and what it was weighed by. */
export function TriedView({ tried }: { tried: Tried }) {
  const { kind, text, confidence, threshold, sources, candidates, region, misspelt = [] } = tried;
  const [source] = sources;
  const best = Math.max(...candidates.map(({ score }) => score), 0);
  return (
    <>
      <div className={kind === "answered" ? "outcome" : "outcome outcome-unsure"} data-testid="outcome">
        {kind === "answered" ? (
          <>
            <p className="words">{text}</p>
            {source && (
              <p className="soft small">
                依据：《{source.title}》{source.article} ·{" "}
                <Link href={addressOf(["knowledge", "entries", source.entryId])}>{source.question}</Link>
              </p>
            )}
          </>
        ) : (
          <p>没有把握，不会直接答；市民会看到最接近的几个问题，或转工单、转人工。</p>
        )}
      </div>
      {misspelt.map(({ typed, meant }) => (
        <p key={typed} className="small">
          “{typed}”按“{meant}”理解
        </p>
      ))}
      {region && <p className="small">问的是：{region}</p>}
      <p className="small">
        把握 <strong>{percent(confidence)}</strong>，到 {percent(threshold)} 才答
      </p>
      <Bar share={confidence} mark={threshold} tone={confidence >= threshold ? "good" : "warn"} label="把握" />
      <h4>比较过的条目</h4>
      {candidates.length === 0 && <p className="soft">没有找到沾边的条目。</p>}
      <ol className="candidates">
        {candidates.slice(0, MOST).map((candidate, i) => (
          <CandidateView key={candidate.id} candidate={candidate} best={best} isFirst={i === 0} />
        ))}
      </ol>
    </>
  );
}

function CandidateView({ candidate, best, isFirst }: { candidate: Candidate; best: number; isFirst: boolean }) {
  const { id, version, kind, question, score, features, scope } = candidate;
  return (
    <li>
      <details open={isFirst}>
        <summary>
          <span>{question}</span> {kind === "document" && <Tag>文件</Tag>}
          <span className="soft small"> 检索得分 {score.toFixed(1)}</span>
          {scope && <div className="soft small">{scopeSentence(scope)}</div>}
        </summary>
        <table className="features">
          <caption className="soft small">
            <Link href={addressOf(["knowledge", "entries", id])}>打开{version && `（第 ${version} 版）`}</Link>
          </caption>
          <tbody>
            {features.found === undefined && (
              <Feature name={featureWord("found")} share={best === 0 ? 0 : score / best} />
            )}
            {Object.entries(features).map(([name, share]) => (
              <Feature key={name} name={featureWord(name)} share={share} isAgainst={speaksAgainst(name)} />
            ))}
          </tbody>
        </table>
      </details>
    </li>
  );
}

function Feature({ name, share, isAgainst = false }: { name: string; share: number; isAgainst?: boolean }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Bar share={share} tone={isAgainst ? "warn" : "plain"} label={name} />
      </td>
      <td className="number">{share.toFixed(2)}</td>
    </tr>
  );
}
