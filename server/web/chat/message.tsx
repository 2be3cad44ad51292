import { Bubble } from "@chatui/core";
import { memo } from "react";
import { Icon } from "../shared/icons.tsx";
import { AttachmentView } from "./attachments.tsx";
import type { Deeds } from "./deeds.ts";
import { Delivery } from "./delivery.tsx";
import { QuickReplies } from "./quick-replies.tsx";
import { OwnWords, Said } from "./said.tsx";
import { type Entry, sameEntry } from "./transcript.ts";
import { words } from "./words.ts";

interface Props {
  entry: Entry;
  deeds: Deeds;
}

/** In a long talk only what has changed is drawn anew. */
export const Message = memo(MessageView, (a, b) => a.deeds === b.deeds && sameEntry(a.entry, b.entry));

function MessageView({ entry, deeds }: Props) {
  const bot = entry.side === "bot";
  const file = entry.outgoing?.file;
  // What a card sums up is read before the question about it; a link or a picture follows its words.
  const cardFirst = entry.attachments.some((attachment) => attachment.kind === "facts");
  const said = entry.text !== undefined && (
    <Bubble className="bubble">{bot ? <Said text={entry.text} /> : <OwnWords text={entry.text} />}</Bubble>
  );
  return (
    <div className={rowClass(entry)} data-testid={bot ? "message-bot" : "message-user"}>
      {entry.speaker === undefined ? (
        <span className="hidden">{bot ? words.bot : words.me}：</span>
      ) : (
        <span className="speaker" data-testid="speaker">
          {entry.speaker}
        </span>
      )}
      {!cardFirst && said}
      {entry.attachments.map((attachment, index) => (
        // Attachments of one activity never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: there is no other name for them
        <AttachmentView key={index} attachment={attachment} active={entry.active} deeds={deeds} />
      ))}
      {cardFirst && said}
      {file && (
        <Bubble className="bubble bubble-file">
          <Icon name={file.type.startsWith("image/") ? "picture" : "file"} />
          {file.name}
        </Bubble>
      )}
      {entry.location && (
        <Bubble className="bubble bubble-file">
          <Icon name="pin" />
          {entry.location.label ??
            `${words.myLocation} ${entry.location.latitude.toFixed(5)}, ${entry.location.longitude.toFixed(5)}`}
        </Bubble>
      )}
      {entry.outgoing && <Delivery item={entry.outgoing} deeds={deeds} />}
      <QuickReplies entry={entry} deeds={deeds} leading={cardFirst} />
    </div>
  );
}

function rowClass({ side, speaker }: Entry): string {
  if (side === "user") return "row row-user";
  return speaker === undefined ? "row row-bot" : "row row-bot row-staff";
}
