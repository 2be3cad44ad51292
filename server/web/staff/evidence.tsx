import { Image } from "antd";
import { useState } from "react";
import { Icon } from "../shared/icons.tsx";
import type { EvidenceFile } from "./model.ts";

/** What every browser draws; the server sends all else as a download. */
const DRAWN = /^image\/(jpeg|png|gif|webp)$/;
const THUMB_PX = 96;

/** Pictures to look at, other files to take away. The session's cookie opens them. */
export function Evidence({ number, evidence }: { number: string; evidence: EvidenceFile[] }) {
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const pictures = evidence.filter((file) => DRAWN.test(file.mimeType) && !broken.has(file.id));
  const files = evidence.filter((file) => !pictures.includes(file));
  return (
    <div className="evidence" data-testid="evidence">
      {pictures.length > 0 && (
        <Image.PreviewGroup>
          <div className="evidence-pictures">
            {pictures.map((file, index) => (
              <Image
                key={file.id}
                src={addressOf(number, file)}
                alt={file.name ?? `图片 ${index + 1}`}
                width={THUMB_PX}
                height={THUMB_PX}
                onError={() => setBroken((known) => new Set(known).add(file.id))}
              />
            ))}
          </div>
        </Image.PreviewGroup>
      )}
      {files.length > 0 && (
        <ul>
          {files.map((file) => (
            <li key={file.id}>
              <a href={addressOf(number, file)} download={file.name ?? ""}>
                <Icon name="file" />
                {file.name ?? wordFor(file.mimeType)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const addressOf = (number: string, file: EvidenceFile) =>
  `/api/desk/media/${encodeURIComponent(number)}/${encodeURIComponent(file.id)}`;

function wordFor(mimeType: string): string {
  const family = mimeType.split("/")[0] ?? "";
  return { image: "图片", audio: "录音", video: "视频" }[family] ?? "文件";
}
