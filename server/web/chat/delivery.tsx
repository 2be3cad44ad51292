import { Icon } from "../shared/icons.tsx";
import type { Deeds } from "./deeds.ts";
import type { Outgoing } from "./direct-line/outgoing.ts";
import { words } from "./words.ts";

/** How far a message of the citizen has come. */
export function Delivery({ item, deeds }: { item: Outgoing; deeds: Deeds }) {
  const id = item.activity.channelData.clientActivityID;
  switch (item.state) {
    case "sent":
      return null;
    case "sending":
      return (
        <p className="delivery delivery-sending">
          {words.sending}
          {item.progress !== undefined && <progress value={item.progress} aria-label={words.sending} />}
        </p>
      );
    case "waiting":
      return (
        <p className="delivery delivery-bad">
          {item.reason && <span>{item.reason}</span>}
          <button type="button" className="link" data-testid="retry" onClick={() => deeds.retry(id)}>
            <Icon name="again" />
            {words.waiting}
          </button>
        </p>
      );
    case "refused":
      return (
        <p className="delivery delivery-bad">
          <span>{item.reason}</span>
          <button type="button" className="link" data-testid="retry" onClick={() => deeds.retry(id)}>
            {words.again}
          </button>
          <button type="button" className="link" onClick={() => deeds.takeBack(id)}>
            {item.file ? words.remove : words.edit}
          </button>
        </p>
      );
    default:
      throw item.state satisfies never;
  }
}
