import { Button } from "@chatui/core";
import { Icon } from "../shared/icons.tsx";
import type { Deeds } from "./deeds.ts";
import type { CardAction } from "./direct-line/wire.ts";
import { safeHref } from "./link-text.ts";
import type { Entry } from "./transcript.ts";
import { words } from "./words.ts";

/** The buttons below the newest turn of the bot. `leading`: the first is what most people want. */
export function QuickReplies({ entry, deeds, leading }: { entry: Entry; deeds: Deeds; leading?: boolean }) {
  if (!entry.active || (entry.actions.length === 0 && !entry.askLocation)) return null;
  return (
    <div className="replies">
      {entry.askLocation && (
        <Button className="reply" color="primary" data-testid="ask-location" onClick={deeds.sendLocation}>
          <Icon name="pin" />
          {words.location}
        </Button>
      )}
      {entry.actions.map((action, index) => (
        <ActionButton
          key={`${action.type} ${action.value} ${action.title}`}
          action={action}
          active
          primary={leading && index === 0}
          deeds={deeds}
        />
      ))}
    </div>
  );
}

/** A link stays usable for ever; an answer only while its question is the newest. */
export function ActionButton(props: { action: CardAction; active: boolean; primary?: boolean; deeds: Deeds }) {
  const { action, active, primary, deeds } = props;
  if (action.type === "openUrl") {
    const href = safeHref(action.value);
    if (href === undefined) return null;
    return (
      <a className="Btn reply reply-link" href={href} target="_blank" rel="noopener noreferrer">
        {action.title}
      </a>
    );
  }
  if (!active) return null;
  // An imBack whose value is its own title says nothing but the words; everything else names a choice.
  const press = () =>
    action.type === "imBack" && action.value === action.title
      ? deeds.say(action.title)
      : deeds.choose({ choiceId: action.value, title: action.title });
  return (
    <Button className="reply" color={primary ? "primary" : undefined} data-testid="quick-reply" onClick={press}>
      {action.title}
    </Button>
  );
}
