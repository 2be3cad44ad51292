-- Tickets of the embedded dispatch system. Citizens' words and personal data lie only in the sealed columns.
CREATE TABLE tickets (
  number TEXT PRIMARY KEY,
  -- Which way the request came: 'bot', or 'open311:' and a digest of the API key.
  source TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  category_code TEXT,
  category_path TEXT,
  catalogue_version TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  unit_name TEXT NOT NULL,
  second_unit_id TEXT,
  second_unit_name TEXT,
  way TEXT NOT NULL,
  grade TEXT NOT NULL,
  state TEXT NOT NULL,
  open INTEGER NOT NULL,
  -- The order of every list, smallest first: open tickets by due time, then settled ones, the latest first.
  clock INTEGER NOT NULL,
  confidential INTEGER NOT NULL,
  urges INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  closed_at TEXT,
  sealed_body BLOB NOT NULL,
  sealed_contact BLOB
) STRICT;

CREATE UNIQUE INDEX tickets_by_key ON tickets (source, idempotency_key);
CREATE INDEX tickets_by_clock ON tickets (clock, number);
CREATE INDEX tickets_open ON tickets (open, clock, number);
CREATE INDEX tickets_by_state ON tickets (state, clock, number);
CREATE INDEX tickets_by_unit ON tickets (unit_id, open, clock, number);
CREATE INDEX tickets_by_second_unit ON tickets (second_unit_id, open, clock, number);
CREATE INDEX tickets_by_time ON tickets (created_at);
CREATE INDEX tickets_by_category ON tickets (category_code, created_at);

-- Everything that ever happened to a ticket, in one growing sequence. 'status' is set where the status changed:
-- those rows are the news that the citizen's side reads.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL REFERENCES tickets (number),
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT,
  at TEXT NOT NULL,
  unit_name TEXT,
  due_at TEXT,
  sealed_text BLOB,
  sealed_actor BLOB
) STRICT;

CREATE INDEX events_by_ticket ON events (number, seq);
CREATE INDEX events_news ON events (source, seq) WHERE status IS NOT NULL;
CREATE INDEX events_by_time ON events (source, at) WHERE status IS NOT NULL;

-- What citizens did to a ticket, once for each key, with the answer they got.
CREATE TABLE acts (
  idempotency_key TEXT PRIMARY KEY,
  number TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
