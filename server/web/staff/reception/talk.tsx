import { Button } from "antd";
import { useEffect, useRef } from "react";
import { Icon } from "../../shared/icons.tsx";
import { sayWhen } from "../../when.ts";
import { fileAddress } from "./api.ts";
import type { Attention, TalkFile, TalkLine } from "./model.ts";

const SPEAKERS: Record<TalkLine["by"], string> = { citizen: "市民", bot: "机器人", staff: "工作人员" };
const DRAWN = /^image\/(jpeg|png|gif|webp)$/;

interface Props {
  attention: Attention;
  now: Date;
  onAttach: (fileId: string) => void;
}

/** Everything that was said, the citizen on the left as they see the house on theirs. */
export function Talk({ attention, now, onAttach }: Props) {
  const { id, lines, pending, label } = attention;
  const end = useRef<HTMLDivElement>(null);
  const count = lines.length + pending.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what moves the view
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [id, count]);
  return (
    <div className="talk" role="log" aria-label="对话记录" data-testid="talk">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
        <article key={index} className={`said said-${line.by}`} data-testid={`said-${line.by}`}>
          <span className="soft small">
            {line.speaker ?? SPEAKERS[line.by]} {sayWhen(line.at, now)}
          </span>
          {line.text !== "" && <p className="words">{line.text}</p>}
          {line.files.map((file) => (
            <File key={file.id} id={id} file={file} onAttach={attention.form && onAttach} />
          ))}
        </article>
      ))}
      {pending.map(({ text, failed }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they go out in this order
        <article key={index} className={text.startsWith(label) ? "said said-staff" : "said said-bot"}>
          <span className={failed ? "small said-failed" : "soft small"}>
            {failed ? "没有送到，对方的渠道不收" : "正在送达…"}
          </span>
          <p className="words">{text}</p>
        </article>
      ))}
      <div ref={end} />
    </div>
  );
}

function File({ id, file, onAttach }: { id: string; file: TalkFile; onAttach?: (fileId: string) => void }) {
  const address = fileAddress(id, file.id);
  return (
    <span className="said-file">
      <a href={address} target="_blank" rel="noopener noreferrer">
        {DRAWN.test(file.mimeType) ? <img src={address} alt={file.name ?? "图片"} /> : <Icon name="file" />}
        {file.name ?? "附件"}
      </a>
      {onAttach && (
        <Button size="small" onClick={() => onAttach(file.id)}>
          放进附件
        </Button>
      )}
    </span>
  );
}
