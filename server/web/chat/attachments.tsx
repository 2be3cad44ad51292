import { Card, CardActions, CardText, CardTitle } from "@chatui/core";
import { Icon } from "../shared/icons.tsx";
import type { Deeds } from "./deeds.ts";
import type { Attachment, CardAction } from "./direct-line/wire.ts";
import { safeHref } from "./link-text.ts";
import { ActionButton } from "./quick-replies.tsx";
import { Said } from "./said.tsx";
import { words } from "./words.ts";

interface Props {
  attachment: Attachment;
  active: boolean;
  deeds: Deeds;
}

export function AttachmentView({ attachment, active, deeds }: Props) {
  switch (attachment.kind) {
    case "hero":
      if (!attachment.title && !attachment.text) {
        return <Buttons className="replies" buttons={attachment.buttons} active={active} deeds={deeds} />;
      }
      return (
        <Card className="card">
          {attachment.title && <CardTitle title={attachment.title} />}
          {attachment.text && (
            <CardText>
              <Said text={attachment.text} />
            </CardText>
          )}
          <Buttons buttons={attachment.buttons} active={active} deeds={deeds} />
        </Card>
      );
    case "facts":
      return (
        <Card className="card">
          {attachment.title && <CardTitle title={attachment.title} />}
          <dl className="facts">
            {attachment.rows.map((row) => (
              <div key={`${row.label} ${row.value}`}>
                <dt>{row.label}</dt>
                <dd>{row.value}</dd>
              </div>
            ))}
          </dl>
          <Buttons buttons={attachment.buttons} active={active} deeds={deeds} />
        </Card>
      );
    case "image":
    case "file":
      return <Stored attachment={attachment} />;
    default:
      throw attachment satisfies never;
  }
}

function Stored({ attachment }: { attachment: Extract<Attachment, { kind: "image" | "file" }> }) {
  const href = safeHref(attachment.url);
  const name = attachment.name ?? (attachment.kind === "image" ? words.picture : words.file);
  const isData = attachment.kind === "image" && /^data:image\/(png|jpeg|gif|webp);base64,/.test(attachment.url);
  if (attachment.kind === "image" && (href !== undefined || isData)) {
    return (
      <a className="thumb" href={href} target="_blank" rel="noopener noreferrer">
        <img src={href ?? attachment.url} alt={name} loading="lazy" />
      </a>
    );
  }
  return (
    <a className="Bubble bubble bubble-file" href={href} target="_blank" rel="noopener noreferrer">
      <Icon name="file" />
      {name}
    </a>
  );
}

function Buttons(props: { className?: string; buttons: CardAction[]; active: boolean; deeds: Deeds }) {
  const { className = "card-actions", buttons, active, deeds } = props;
  if (!buttons.some((button) => active || button.type === "openUrl")) return null;
  return (
    <CardActions className={className}>
      {buttons.map((button) => (
        <ActionButton key={`${button.type} ${button.value}`} action={button} active={active} deeds={deeds} />
      ))}
    </CardActions>
  );
}
