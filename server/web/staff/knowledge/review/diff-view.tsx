import type { FieldChange, Piece } from "../model.ts";
import { fieldWord, valueWord } from "../words.ts";

/** Two versions side by side: only the fields that differ, what went marked on the left, what came on the right. */
export function DiffView({ changes, before, after }: { changes: FieldChange[]; before: string; after: string }) {
  if (changes.length === 0) return <p className="soft">两版的内容一样。</p>;
  return (
    <table className="diff" data-testid="diff">
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{fieldWord(change.field)}</th>
            <ChangeCells change={change} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The two cells of one field. */
export function ChangeCells({ change }: { change: FieldChange }) {
  if (change.kind === "list") {
    return (
      <>
        <td>{change.removed.map((one) => line(one, "removed"))}</td>
        <td>{change.added.map((one) => line(one, "added"))}</td>
      </>
    );
  }
  const { field, before, after, pieces } = change;
  // A day or a choice is another one, not partly the same.
  const isWhole = /^valid|On$|checkedBy|demonstration/.test(field);
  return isWhole ? (
    <>
      <td>{before && line(valueWord(field, before), "removed")}</td>
      <td>{after && line(valueWord(field, after), "added")}</td>
    </>
  ) : (
    <>
      <td className="words">{pieces.map((piece, i) => shown(piece, i, "added"))}</td>
      <td className="words">{pieces.map((piece, i) => shown(piece, i, "removed"))}</td>
    </>
  );
}

const line = (text: string, kind: "removed" | "added") => (
  <div key={text}>{kind === "removed" ? <del>{text}</del> : <ins>{text}</ins>}</div>
);

function shown({ kind, text }: Piece, key: number, left: "added" | "removed") {
  if (kind === left) return null;
  if (kind === "same") return <span key={key}>{text}</span>;
  return kind === "removed" ? <del key={key}>{text}</del> : <ins key={key}>{text}</ins>;
}
