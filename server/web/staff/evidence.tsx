import { Image } from "antd";
import { useState } from "react";
import { Icon } from "../shared/icons.tsx";
import type { EvidenceFile } from "./model.ts";

/** What every browser draws; the server sends all else as a download. */
const DRAWN = /^image\/(jpeg|png|apng|gif|webp)$/;
/** What browsers may be able to play; where this one cannot, the file is there to take away. */
const PLAYED = /^(audio\/(mpeg|wav|mp4|x-m4a|ogg)|video\/(mp4|quicktime))$/;
const THUMB_PX = 96;

/** Pictures to look at, recordings and films to play, and each of the latter to take away. The session's cookie opens them. */
export function Evidence({ number, evidence }: { number: string; evidence: EvidenceFile[] }) {
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const giveUp = (file: EvidenceFile) => setBroken((known) => new Set(known).add(file.id));
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
                onError={() => giveUp(file)}
              />
            ))}
          </div>
        </Image.PreviewGroup>
      )}
      {files.length > 0 && (
        <ul>
          {files.map((file) => (
            <li key={file.id}>
              {PLAYED.test(file.mimeType) && !broken.has(file.id) && (
                <Player number={number} file={file} onError={() => giveUp(file)} />
              )}
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

function Player({ number, file, onError }: { number: string; file: EvidenceFile; onError: () => void }) {
  const shared = {
    src: addressOf(number, file),
    "aria-label": file.name ?? wordFor(file.mimeType),
    preload: "metadata",
    controls: true,
    onError,
  };
  return file.mimeType.startsWith("audio/") ? <audio {...shared} /> : <video {...shared} playsInline />;
}

const addressOf = (number: string, file: EvidenceFile) =>
  `/api/desk/media/${encodeURIComponent(number)}/${encodeURIComponent(file.id)}`;

function wordFor(mimeType: string): string {
  const family = mimeType.split("/")[0] ?? "";
  return { image: "图片", audio: "录音", video: "视频" }[family] ?? "文件";
}
