import { Alert, Button, Drawer, Skeleton } from "antd";
import { useCallback, useEffect, useState } from "react";
import { type StaffApi, sentenceOf } from "./api.ts";
import { isOver, type TicketDetail } from "./model.ts";
import { TicketActions } from "./ticket-actions.tsx";
import { TicketFacts } from "./ticket-facts.tsx";
import { useDrafts } from "./use-drafts.ts";

interface Props {
  api: StaffApi;
  number: string | undefined;
  onClose: () => void;
  onChanged: () => void;
}

export function TicketDrawer({ api, number, onClose, onChanged }: Props) {
  const [ticket, setTicket] = useState<TicketDetail>();
  const [error, setError] = useState<string>();
  const [draft, setDraft] = useDrafts(number);

  const load = useCallback(
    async (signal?: AbortSignal) => {
      if (number === undefined) return;
      try {
        const found = await api.ticket(number, signal);
        if (signal?.aborted) return;
        setTicket(found);
        setError(undefined);
      } catch (failure) {
        if (!signal?.aborted) setError(sentenceOf(failure));
      }
    },
    [api, number],
  );
  useEffect(() => {
    const abort = new AbortController();
    setTicket(undefined);
    void load(abort.signal);
    return () => abort.abort();
  }, [load]);

  async function changed(): Promise<void> {
    onChanged();
    await load();
  }

  return (
    <Drawer
      open={number !== undefined}
      onClose={onClose}
      size={560}
      // The list beside it stays in use: from one ticket to the next with one click.
      mask={false}
      className="ticket-drawer"
      title={number && `工单 ${number}`}
      footer={
        ticket &&
        !isOver(ticket.state) && (
          <TicketActions
            key={ticket.number}
            api={api}
            ticket={ticket}
            text={draft}
            onText={setDraft}
            onChanged={changed}
          />
        )
      }
    >
      <div data-testid="ticket-detail">
        {error && (
          <Alert
            type="warning"
            showIcon
            title={error}
            action={<Button onClick={() => void load()}>重试</Button>}
            className="gap-below"
          />
        )}
        {ticket ? <TicketFacts ticket={ticket} /> : !error && <Skeleton active />}
      </div>
    </Drawer>
  );
}
