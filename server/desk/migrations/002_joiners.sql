-- One ticket, many voices: those who joined a ticket that somebody else had brought, each with their own words and contact.
CREATE TABLE joiners (
  seq INTEGER PRIMARY KEY,
  number TEXT NOT NULL REFERENCES tickets (number),
  source TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request_id TEXT NOT NULL,
  joined_at TEXT NOT NULL,
  -- How often this person pressed for an answer; tickets.urges counts those of all together.
  urges INTEGER NOT NULL DEFAULT 0,
  left_at TEXT,
  sealed_body BLOB NOT NULL,
  sealed_contact BLOB,
  UNIQUE (source, idempotency_key),
  UNIQUE (number, request_id)
) STRICT;

-- How many stand behind the ticket now, and when the one who brought it withdrew, if it went on for others.
ALTER TABLE tickets ADD COLUMN voices INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tickets ADD COLUMN first_left_at TEXT;

-- The request of the one person that an event concerns, where several share the ticket.
ALTER TABLE events ADD COLUMN request_id TEXT;
