import type { GeoPoint, OutboundMessage, Place } from "../../bots/model/index.ts";
import { type Attached, MAX_ATTACHMENTS } from "../attachments.ts";

const text = (words: string): OutboundMessage[] => [{ kind: "text", text: words }];

/** What the citizen hears of files that came in; without the count where a question says that they came. */
export function attachedText({ all, added, repeated, surplus }: Attached, counted = true): string {
  const sentences = [
    ...(counted && added.length > 0 ? [`收到，已附上（共 ${all.length} 个）。`] : []),
    ...(repeated > 0 ? [repeated === 1 ? "这个文件已经附过了，不用再发。" : "这些文件已经附过了，不用再发。"] : []),
    ...(surplus > 0 ? [`一次最多附 ${MAX_ATTACHMENTS} 个，还有 ${surplus} 个没有附上，前面的都在。`] : []),
    ...(added.some(isDocument) ? ["文档按原样保存，里面自带的作者等信息不会去掉。"] : []),
  ];
  return sentences.join("");
}

export function attachedWords(attached: Attached, counted = true): OutboundMessage[] {
  const words = attachedText(attached, counted);
  return words === "" ? [] : text(words);
}

/** Pictures, films and most recordings lose what the device noted; a document is what its author made it. */
const isDocument = ({ mediaType, mimeType }: { mediaType: string; mimeType: string }): boolean =>
  mediaType === "file" && mimeType !== "text/plain";

export const VOICE_KEPT = "语音收到了，已作为附件保存。我还听不懂语音，";

export const voiceWords = {
  /** Nothing is known of the matter yet. */
  tellMatter: () => text(`${VOICE_KEPT}请用一句话写一下是什么事。`),
  /** Something else had been asked, which is asked again after it. */
  writeAnswer: () => text(`${VOICE_KEPT}请用文字回答。`),
  addInWriting: () => text(`${VOICE_KEPT}里面如果有要补充的，请用文字写一句。`),
};

/** Files without a word may belong to what was filed before. */
export const offerTicket = (say: OutboundMessage[], number: string): OutboundMessage[] =>
  say.map((message, index) =>
    index === say.length - 1 && message.kind === "text"
      ? {
          kind: "choices",
          text: `${message.text}如果是给已有的诉求补充的，点下面的按钮。`,
          choices: [{ id: `intake/to-ticket/${number}`, label: `补充到 ${number}` }],
        }
      : message,
  );

/** Where a picture or a film was taken, in words of the administrative tree, or in degrees where that is not known. */
export function nearWords({ district, subdistrict, community, point }: Place): string {
  const names = [district, subdistrict, community].flatMap((each) => (each ? [each.name] : []));
  if (names.length > 0) return `${names.join("")}附近`;
  return point ? degreeWords(point) : "";
}

const degreeWords = ({ latitude, longitude }: GeoPoint): string =>
  `${latitude < 0 ? "南" : "北"}纬${Math.abs(latitude).toFixed(4)}°、${longitude < 0 ? "西" : "东"}经${Math.abs(longitude).toFixed(4)}°`;

export const takenWords = {
  ask: (near: string, by: "image" | "video"): OutboundMessage[] => [
    {
      kind: "ask-location",
      text: `${by === "image" ? "照片" : "视频"}里带着拍摄位置（${near}）。这件事就发生在那里吗？`,
      choices: [
        { id: "intake/taken-there", label: "是" },
        { id: "intake/taken-elsewhere", label: "不是，我来写" },
      ],
    },
  ],
  /** The place as the summary and the case worker read it. */
  place: (near: string, by: "image" | "video") => `${near}（${by === "image" ? "照片" : "视频"}的拍摄位置）`,
};
